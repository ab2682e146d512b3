import {spawnSync} from 'node:child_process';
import {mkdir, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {realClock} from '../../src/clock.ts';
import {type MinikubeOptions, minikubeProvider} from '../../src/cluster/minikube/index.ts';
import type {Provider} from '../../src/engine/ports.ts';
import {mustRun} from '../../src/kube/program.ts';
import type {DefaultClass} from '../../src/lab/needs.ts';
import {clusterName, learnersConfig, patience, temporary} from '../contract/real-cluster.ts';

export {learnersConfig} from '../contract/real-cluster.ts';

const lacks = (program: string, args: string[]) => (spawnSync(program, args).status === 0 ? [] : [program]);
/** What this machine lacks for a real minikube; empty when there is nothing. */
export const lacking = [
  ...lacks('docker', ['version']),
  ...lacks('minikube', ['version']),
  ...lacks('kubectl', ['version', '--client']),
];
/** For the name of a suite, so that its report says why it was skipped. */
export const because = lacking.length > 0 ? ` (skipped: no working ${lacking.join(', ')})` : '';

/** minikube's own. */
export const standardClass: DefaultClass = {
  name: 'standard',
  provisioner: 'k8s.io/minikube-hostpath',
  bindingMode: 'Immediate',
  volumes: 'empty',
};

export interface RealProfile {
  name: string;
  options: MinikubeOptions;
  provider: Provider;
  /** The kubeconfig of a learner who has one already. */
  learners: string;
  remove(): Promise<void>;
}

/** What tells of minikube on this machine: what it has downloaded is in its home, and some machines need more flags. */
export function minikubeOf({HOME = '', MINIKUBE_HOME = HOME, STATELAB_MINIKUBE_FLAGS}: NodeJS.ProcessEnv) {
  return {MINIKUBE_HOME, ...(STATELAB_MINIKUBE_FLAGS === undefined ? {} : {STATELAB_MINIKUBE_FLAGS})};
}

/** A profile with a control plane and one worker, made by the provider under test. */
export async function makeProfile(what: string): Promise<RealProfile> {
  const name = clusterName(what);
  const home = await temporary('home');
  const learners = join(home, '.kube', 'config');
  await mkdir(dirname(learners));
  await writeFile(learners, learnersConfig);
  const {HOME = '', DOCKER_CONFIG = join(HOME, '.docker')} = process.env;
  const options = {
    env: {...process.env, ...minikubeOf(process.env), HOME: home, DOCKER_CONFIG, KUBECONFIG: undefined},
    clock: realClock,
    stateDirectory: await temporary('state'),
    terminal: false,
  };
  const provider = minikubeProvider(options);
  const remove = async () => {
    const listed = await provider.list(patience());
    if (listed.some(cluster => cluster.name === name)) await provider.remove(name, patience());
  };
  await provider.create(name, {agents: 1}, () => {}, patience());
  return {name, options, provider, learners, remove};
}

/** Past statelab, and past the learner's kubeconfig, which minikube would change. */
export const minikube = async ({name, options}: RealProfile, ...args: string[]): Promise<string> =>
  (
    await mustRun('minikube', [...args, '--profile', name], {
      env: {...options.env, KUBECONFIG: join(options.stateDirectory, 'none')},
      signal: patience(),
    })
  ).stdout;
