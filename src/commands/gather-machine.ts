import type {Lab} from '../lab/lab.ts';
import type {Facts, Place} from '../preflight/facts.ts';
import {portsOf} from '../preflight/needing.ts';
import {usesDocker} from '../preflight/place.ts';
import type {App} from './app.ts';

/** What there is to know before anything of a cluster is. */
export async function gatherMachine(app: App, place: Place, labs: readonly Lab[]): Promise<Facts> {
  const {options, outside} = app;
  const {signal} = outside;
  const inspector = await app.inspector();
  // Where the learner has not chosen, Docker would have been preferred.
  const wanted = usesDocker(place.provider) || !place.asked;
  const docker = wanted ? await inspector.docker(signal) : undefined;
  const nodes = usesDocker(place.provider) && docker?.state === 'up' ? docker : undefined;
  return {
    place,
    labs,
    database: options.database ?? 'mariadb',
    machine: await inspector.machine(nodes, labs.flatMap(portsOf), signal),
    ...(docker ? {docker} : {}),
    toStart: place.provider !== 'context',
    ...(place.provider === 'k3d' ? {nodeImage: await inspector.nodeImage()} : {}),
  };
}
