import type {Check} from '../check.ts';
import type {MachineFacts} from '../facts.ts';
import {ok, stop, warn} from '../finding.ts';
import {everyLab, usesDocker} from '../place.ts';

/** Does Docker answer? Where the learner asked for no provider, the sandbox takes the place of what needs it. */
export const docker: Check = facts => {
  const {docker, place, machine} = facts;
  if (!docker) return [];
  const {provider} = place;
  if (docker.state === 'up') return [ok('docker', 'docker-up', {version: docker.version})];
  const [bad, labs] = usesDocker(provider) ? [stop, everyLab(facts)] : [warn, []];
  switch (docker.state) {
    case 'missing':
      return [bad('docker', 'docker-missing', {provider}, {labs})];
    case 'denied': {
      const {detail} = docker;
      return [bad('docker', 'docker-denied', {detail}, {labs, mend: ['sudo usermod -aG docker "$USER"']})];
    }
    case 'down': {
      const {state: _down, ...why} = docker;
      return [bad('docker', 'docker-down', {provider, ...why}, {labs, mend: startDocker(machine)})];
    }
  }
};

/** Where it is started by its own window, no command is the same for all. */
function startDocker({platform, root}: MachineFacts): string[] {
  if (platform === 'darwin') return ['open -a Docker'];
  return platform === 'linux' ? [`${root ? '' : 'sudo '}systemctl start docker`] : [];
}
