import {expect, test} from 'vitest';
import {replicaSets} from '../../../../../src/sandbox/control/replicaset/replicasets.ts';
import {openCluster} from '../open-cluster.ts';
import {standInKubelet} from '../stand-in-kubelet.ts';

async function openSet(replicas: number) {
  const cluster = await openCluster([replicaSets, standInKubelet()]);
  const {registry} = cluster;
  const set = registry.create('replicasets.apps', {
    metadata: {namespace: 'lab', name: 'web'},
    spec: {
      replicas,
      selector: {matchLabels: {app: 'web'}},
      template: {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'a', image: 'a:1'}]}},
    },
  });
  return {
    ...cluster,
    set,
    pods: () => registry.list('pods', 'lab'),
    status: () => registry.get('replicasets.apps', 'lab', 'web')?.status,
    scale: (replicas: number) =>
      registry.change('replicasets.apps', set, ({spec}) => void Object.assign(spec ?? {}, {replicas})),
  };
}

test('creates as many Pods as are missing, once, and tells of each', async () => {
  const {clock, pods, status, eventsOf} = await openSet(3);
  await clock.advance(5000);
  expect(pods().map(({metadata}) => metadata.name)).toEqual(
    Array(3).fill(expect.stringMatching(/^web-[a-z0-9]{5}$/)),
  );
  expect(status()).toEqual({
    replicas: 3,
    fullyLabeledReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
    terminatingReplicas: 0,
    observedGeneration: 1,
  });
  const created = pods().map(({metadata}) => `SuccessfulCreate ×1: Created pod: ${metadata.name}`);
  expect(eventsOf('web').toSorted()).toEqual(created);
});

test('a Pod that is deleted is replaced before it is gone', async () => {
  const {registry, clock, pods, status} = await openSet(1);
  await clock.advance(5000);
  const [first] = pods();
  registry.delete('pods', 'lab', first?.metadata.name ?? '');
  await clock.advance(500);
  expect(pods()).toHaveLength(2);
  expect(status()).toMatchObject({replicas: 1, terminatingReplicas: 1});
});

test('takes over a Pod that it selects, and lets go of one that it does not select any more', async () => {
  const {registry, clock, pod, pods, getPod} = await openSet(2);
  pod('lonely', {}, {labels: {app: 'web'}});
  await clock.advance(5000);
  expect(getPod('lonely')?.metadata.ownerReferences).toMatchObject([{kind: 'ReplicaSet', name: 'web'}]);
  expect(pods()).toHaveLength(2);
  registry.change('pods', {namespace: 'lab', name: 'lonely'}, ({metadata}) => {
    metadata.labels = {app: 'debug'};
  });
  await clock.advance(5000);
  expect(getPod('lonely')?.metadata.ownerReferences ?? []).toEqual([]);
  expect(pods()).toHaveLength(3);
});

test('what the API refuses is told in an event and a condition, and tried again', async () => {
  const {registry, clock, status, eventsOf, pods} = await openSet(1);
  registry.delete('serviceaccounts', 'lab', 'default');
  await clock.advance(100);
  expect(status()?.conditions).toMatchObject([
    {type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate'},
  ]);
  expect(eventsOf('web')[0]).toContain('FailedCreate');
  registry.create('serviceaccounts', {metadata: {namespace: 'lab', name: 'default'}});
  await clock.advance(5000);
  expect(pods()).toHaveLength(1);
  expect(status()).not.toHaveProperty('conditions');
});

test('hundreds of Pods that become ready one by one are counted in a few looks', async () => {
  const {registry, clock, status} = await openSet(200);
  await clock.advance(900);
  let writes = 0;
  registry.subscribe('replicasets.apps', () => {
    writes += 1;
  });
  await clock.advance(1000);
  expect(status()?.readyReplicas).toBe(200);
  expect(writes).toBeLessThan(10);
});
