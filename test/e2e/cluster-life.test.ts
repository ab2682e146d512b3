import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {because, lacking} from '../contract/real-cluster.ts';
import {clusterName, deleteCluster, docker, k3d, kubectl, nodesOf} from '../helpers/k3d.ts';
import {type Learner, newLearner} from '../helpers/learner.ts';

/** What `cluster up` says on its way, in its order: from before there is anything to when only Pods are waited for. */
const points = [
  /"state":"started"/,
  /Created named volume/,
  /Created network/,
  /Starting new tools node/,
  /Creating node .*server/,
  /Creating node .*agent/,
  /Starting servers/,
  /Starting agents/,
  /Injecting records/,
  /created successfully/,
];

describe.skipIf(lacking.length > 0)(`a cluster of statelab${because}`, () => {
  const cluster = clusterName('life');
  const nodes = [`k3d-${cluster}-agent-0`, `k3d-${cluster}-server-0`];
  let learner: Learner;
  beforeAll(async () => {
    learner = await newLearner({STATELAB_CLUSTER: cluster});
  });
  afterAll(async () => {
    await deleteCluster(cluster);
    await docker('volume', 'rm', '--force', `k3d-${cluster}-unfinished`);
    await learner?.leave();
  });

  const up = ['cluster', 'up', '--provider', 'k3d', '--agents', '1', '--json'];
  const down = ['cluster', 'down', '--provider', 'k3d', '--yes', '--json'];
  const listed = (kind: 'volume' | 'network') =>
    docker(kind, 'ls', '--filter', `name=k3d-${cluster}`, '--format', '{{.Name}}');

  async function expectWhole() {
    expect(await nodesOf(cluster)).toEqual(nodes);
    expect((await listed('volume')).split('\n').sort()).toEqual([
      `k3d-${cluster}-images`,
      `k3d-${cluster}-shared`,
    ]);
    expect(await listed('network')).toBe(`k3d-${cluster}`);
    const [kubeconfig = ''] = kubeconfigs();
    const ready = ['-o', 'jsonpath={.items[*].status.conditions[?(@.type=="Ready")].status}'];
    expect(await kubectl(kubeconfig, 'get', 'nodes', ...ready)).toBe('True True');
    const available = ['-o', 'jsonpath={.items[*].status.conditions[?(@.type=="Available")].status}'];
    expect(await kubectl(kubeconfig, '-n', 'kube-system', 'get', 'deployments', ...available)).toBe(
      'True True',
    );
  }

  async function expectNothing() {
    expect(await nodesOf(cluster)).toEqual([]);
    expect([await listed('volume'), await listed('network')]).toEqual(['', '']);
    expect(kubeconfigs()).toEqual([]);
  }

  const kubeconfigs = () => {
    const folder = join(learner.home, 'statelab/state/kubeconfigs/kubeconfig');
    try {
      return readdirSync(folder)
        .filter(name => name.includes(cluster))
        .map(name => join(folder, name));
    } catch {
      return [];
    }
  };

  describe.each(points)('killed at %s', point => {
    test('it is made anew, and that is told', async () => {
      const making = learner.start(...up);
      await making.until(line => point.test(line) && line.includes('create-cluster'));
      making.kill('SIGKILL');
      await making.ended;

      const ended = await learner.run(...up);
      expect(ended).toMatchObject({exitCode: 0, stderr: ''});
      // Before the first of k3d's lines there may be nothing yet.
      const told = ended.lines().filter(({type}) => type === 'cluster-unfinished');
      expect(told.map(line => 'doing' in line && line.doing)).toEqual(
        told.length === 0 && point === points[0] ? [] : ['create'],
      );
      await expectWhole();
    });
    test('and is deleted without a trace', async () => {
      expect(await learner.run(...down)).toMatchObject({exitCode: 0, stderr: ''});
      await expectNothing();
    });
  });

  test('half made, it is listed as that, and can be deleted', async () => {
    const making = learner.start(...up);
    await making.until(line => line.includes('Starting servers'));
    making.kill('SIGKILL');
    await making.ended;
    const list = await learner.run('cluster', 'list', '--provider', 'k3d', '--json');
    expect(list.lines()).toContainEqual(
      expect.objectContaining({cluster, ours: true, running: false, unfinished: 'create', current: true}),
    );
    expect(await learner.run(...down)).toMatchObject({exitCode: 0, stderr: ''});
    await expectNothing();
  });

  test('that is being made is left to the process that makes it', async () => {
    const making = learner.start(...up);
    await making.until(line => line.includes('Created network'));
    const second = await learner.run(...up);
    expect(second.exitCode).toBe(1);
    expect(second.lines().at(-1)).toMatchObject({type: 'error', code: 'cluster-busy'});
    expect(await making.ended).toMatchObject({exitCode: 0, stderr: ''});
    await expectWhole();
  });

  test('with another image or another number of agents than asked for says so', async () => {
    const other = await learner.run(...up, '--k3s-image', 'rancher/k3s:v1.30.0-k3s1');
    expect(other.lines().at(-1)).toMatchObject({type: 'error', code: 'cluster-differs'});
    const more = await learner.run('cluster', 'up', '--provider', 'k3d', '--agents', '2', '--json');
    expect(more.lines().at(-1)).toMatchObject({type: 'error', code: 'cluster-differs'});
  });

  test('killed while it starts, it is started again', async () => {
    await k3d('cluster', 'stop', cluster);
    const starting = learner.start(...up);
    await starting.until(line => line.includes('Starting'));
    starting.kill('SIGKILL');
    await starting.ended;
    const ended = await learner.run(...up);
    expect(ended).toMatchObject({exitCode: 0, stderr: ''});
    await expectWhole();
  });

  test('killed while it is deleted, it is deleted', async () => {
    const deleting = learner.start(...down);
    await docker('wait', `k3d-${cluster}-agent-0`); // it has ended: k3d is in the middle of it
    deleting.kill('SIGKILL');
    await deleting.ended;
    expect(await learner.run(...down)).toMatchObject({exitCode: 0, stderr: ''});
    await expectNothing();
  });

  test('a network and volumes of the name that somebody else has stay', async () => {
    await docker('network', 'create', `k3d-${cluster}-other`);
    await docker('volume', 'create', `k3d-${cluster}-images-other`);
    try {
      expect(await learner.run(...up)).toMatchObject({exitCode: 0, stderr: ''});
      expect(await learner.run(...down)).toMatchObject({exitCode: 0, stderr: ''});
      expect(await listed('network')).toBe(`k3d-${cluster}-other`);
      expect(await listed('volume')).toBe(`k3d-${cluster}-images-other`);
    } finally {
      await docker('network', 'rm', `k3d-${cluster}-other`);
      await docker('volume', 'rm', `k3d-${cluster}-images-other`);
    }
  });
});
