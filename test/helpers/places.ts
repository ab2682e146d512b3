import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import type {App} from '../../src/commands/app.ts';
import {clusterName, deleteCluster, leftBehind, objectsLeft} from './k3d.ts';
import {type Learner, newLearner} from './learner.ts';
import {silentApp} from './play.ts';

/** Where labs are played. */
export interface Place {
  /** The learner's own home, with nothing of statelab's yet. */
  learner: Learner;
  /** statelab on a cluster of that place, which it makes when it needs it. */
  app: App;
  /** What labs have left there: namespaces, volumes, and directories on nodes and on what the nodes share. */
  leftBehind(kubeconfig: string): Promise<string[]>;
  leave(): Promise<void>;
}

/** @param what for the cluster's name */
export async function k3dPlace(what: string): Promise<Place> {
  const cluster = clusterName(what);
  const learner = await newLearner();
  return {
    learner,
    app: silentApp(learner.env, {provider: 'k3d', cluster}),
    leftBehind: kubeconfig => leftBehind(cluster, kubeconfig),
    async leave() {
      await deleteCluster(cluster);
      await learner.leave();
    },
  };
}

export async function sandboxPlace(cluster: string, speed: number): Promise<Place> {
  const learner = await newLearner();
  const app = silentApp(learner.env, {provider: 'sandbox', cluster, speed});
  const directory = join(learner.home, 'statelab', 'data', 'sandboxes', cluster);
  return {
    learner,
    app,
    leftBehind: async kubeconfig => [...(await objectsLeft(kubeconfig)), ...(await directoriesIn(directory))],
    async leave() {
      const provider = await app.provider('sandbox');
      await provider.remove(cluster, AbortSignal.timeout(60_000));
      await learner.leave();
    },
  };
}

/** What lies in a sandbox's /var/lib/statelab on its nodes, and in /lab-shared. */
async function directoriesIn(sandbox: string): Promise<string[]> {
  const nodes = await readdir(join(sandbox, 'nodes'));
  const own = await Promise.all(nodes.map(node => namesIn(join(sandbox, 'nodes', node, 'var/lib/statelab'))));
  const shared = await namesIn(join(sandbox, 'shared'));
  return [
    ...nodes.flatMap((node, index) => (own[index] ?? []).map(name => `${node}:/var/lib/statelab/${name}`)),
    ...shared.map(name => `/lab-shared/${name}`),
  ];
}

const namesIn = (directory: string): Promise<string[]> => readdir(directory).catch(() => []);
