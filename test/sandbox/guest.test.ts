import {cp, mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {dirname, join, posix} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type Learner, newLearner} from '../helpers/learner.ts';
import {moveIn, type Neighbourhood} from '../helpers/neighbours.ts';
import {giveRecentKubectl} from '../helpers/recent-kubectl.ts';
import {snapshot} from '../helpers/snapshot.ts';

/**
 * A sandbox that another learner has made, used as one uses any cluster of a kubeconfig. Everybody may do everything
 * there; what RBAC forbids is tried on a real cluster (test/e2e/foreign.test.ts).
 */
describe('a cluster in which others work', () => {
  const cluster = 'guest';
  let owner: Learner;
  let learner: Learner;
  let there: Neighbourhood;
  let before: Record<string, string>;
  beforeAll(async () => {
    owner = await newLearner();
    const size = ['--agents', '3', '--speed', '10'];
    const up = await owner.run('cluster', 'up', '--provider', 'sandbox', '--cluster', cluster, ...size);
    expect(up).toMatchObject({exitCode: 0});
    learner = await newLearner();
    await giveRecentKubectl(learner);
    const kubeconfig = join(learner.home, 'handed-out.yaml');
    const state = join(owner.home, 'statelab', 'state', 'kubeconfigs', 'kubeconfig');
    await cp(join(state, `sandbox-${cluster}.yaml`), kubeconfig);
    learner.env.KUBECONFIG = kubeconfig;
    const nodes = join(owner.home, 'statelab', 'data', 'sandboxes', cluster, 'nodes');
    there = sandboxNeighbourhood(nodes, cluster, kubeconfig);
    await moveIn(there);
    before = await snapshot(there, {drained: false});
  });
  afterAll(async () => {
    await owner?.run('cluster', 'down', '--provider', 'sandbox', '--cluster', cluster, '--yes');
    await owner?.leave();
    await learner?.leave();
  });

  const statelab = (command: string, lab: string, ...flags: string[]) =>
    learner.run(
      ...[command, lab, '--provider', 'context', '--context', `sandbox-${cluster}`, '--yes', '--json'],
      ...(command === 'run' ? ['--auto'] : []),
      ...flags,
    );
  const expectAsBefore = () =>
    expect.poll(() => snapshot(there, {drained: false}), {timeout: 60_000, interval: 500}).toEqual(before);
  const through = expect.objectContaining({type: 'end', exit: 0, skipped: 0});

  test.each([
    ['takeover', 'cordoned'],
    ['static-pv', 'PersistentVolumes'],
  ])('%s is refused unless it is allowed, and nothing is made', async (lab, what) => {
    const ended = await statelab('run', lab);
    expect(ended.exitCode).toBe(2);
    expect(ended.lines()).toContainEqual(
      expect.objectContaining({
        ...{type: 'error', code: 'lab-needs', next: expect.stringContaining('--allow-node-operations')},
        message: expect.stringContaining(what),
      }),
    );
    await expectAsBefore();
  });

  test('of two labs the first can be reset when the second is the one that kubectl is set to', async () => {
    for (const lab of ['hostpath-pod', 'emptydir']) {
      const ended = await statelab('run', lab);
      expect(ended.lines(), ended.stdout.slice(-2_000)).toContainEqual(through);
    }
    for (const lab of ['emptydir', 'hostpath-pod'])
      expect(await statelab('reset', lab)).toMatchObject({exitCode: 0, stderr: ''});
    await expectAsBefore();
  });

  test('with the learner’s word a volume is made by hand, and goes again', async () => {
    const ended = await statelab('run', 'static-pv', '--allow-node-operations');
    expect(ended.lines(), ended.stdout.slice(-2_000)).toContainEqual(through);
    expect(await statelab('reset', 'static-pv')).toMatchObject({exitCode: 0, stderr: ''});
    await expectAsBefore();
  });
});

/** The files of a sandbox's nodes are files of this machine. */
function sandboxNeighbourhood(nodes: string, cluster: string, kubeconfig: string): Neighbourhood {
  const agent = (index: number) => `sandbox-${cluster}-agent-${index}`;
  return {
    kubeconfig,
    agents: [agent(0), agent(1), agent(2)],
    async put(node, path) {
      const file = join(nodes, node, path);
      await mkdir(dirname(file), {recursive: true});
      await writeFile(file, 'ours');
    },
    async filesIn(node, directories) {
      const found = await Promise.all(directories.map(path => filesBelow(join(nodes, node), path)));
      return found.flat();
    },
  };
}

async function filesBelow(root: string, path: string): Promise<[string, string][]> {
  const entries = await readdir(join(root, path), {withFileTypes: true}).catch(() => undefined);
  if (!entries) return [];
  const below = await Promise.all(
    entries.map(async (entry): Promise<[string, string][]> => {
      const at = posix.join(path, entry.name);
      return entry.isDirectory() ? filesBelow(root, at) : [[at, await readFile(join(root, at), 'base64')]];
    }),
  );
  return [[path, 'directory'], ...below.flat()];
}
