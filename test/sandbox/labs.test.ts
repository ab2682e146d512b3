import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {describe} from 'vitest';
import {labsSuite} from '../e2e/labs-suite.ts';
import {kubectl} from '../helpers/k3d.ts';
import {newLearner} from '../helpers/learner.ts';
import {silentApp} from '../helpers/play.ts';

const cluster = 'labs';

describe('labs on a sandbox', () => {
  labsSuite(async () => {
    const learner = await newLearner();
    const app = silentApp(learner.env, {provider: 'sandbox', cluster, speed: 2});
    const nodes = join(learner.home, 'statelab', 'data', 'sandboxes', cluster, 'nodes');
    return {
      learner,
      app,
      async leftBehind(kubeconfig) {
        const labelled = ['get', 'namespaces', '-l', 'statelab.dev/lab', '-o', 'name'];
        const namespaces = await kubectl(kubeconfig, ...labelled);
        return [...namespaces.split('\n').filter(Boolean), ...(await directoriesOn(nodes))];
      },
      async leave() {
        const provider = await app.provider('sandbox');
        await provider.remove(cluster, AbortSignal.timeout(60_000));
        await learner.leave();
      },
    };
  });
});

/** What lies in /var/lib/statelab on the nodes: node:path. */
async function directoriesOn(nodes: string): Promise<string[]> {
  const found = await Promise.all(
    (await readdir(nodes)).map(async node => {
      const names = await readdir(join(nodes, node, 'var/lib/statelab')).catch(() => []);
      return names.map(name => `${node}:/var/lib/statelab/${name}`);
    }),
  );
  return found.flat();
}
