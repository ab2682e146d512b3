import {expect, test} from 'vitest';
import {podGarbageCollector} from '../../../../src/sandbox/control/pod-gc.ts';
import {openCluster} from './open-cluster.ts';

test('the Pods of a node that is gone are failed and deleted after 40 s, not before', async () => {
  const {registry, clock, node, pod, getPod} = await openCluster([podGarbageCollector]);
  node('agent-0');
  pod('db', {nodeName: 'agent-0'});
  await clock.advance(60_000);
  registry.delete('nodes', undefined, 'agent-0');
  const seen: unknown[] = [];
  registry.subscribe('pods', ({type, object: {status}}) => {
    const condition = status?.conditions?.find(({type}) => type === 'DisruptionTarget');
    seen.push([type, status?.phase, condition?.reason, condition?.message]);
  });
  await clock.advance(40_000);
  expect(getPod('db')).toBeDefined();
  await clock.advance(40_000);
  expect(getPod('db')).toBeUndefined();
  const said = ['Failed', 'DeletionByPodGC', 'PodGC: node no longer exists'];
  expect(seen[0]).toEqual(['MODIFIED', ...said]);
  expect(seen.at(-1)).toEqual(['DELETED', ...said]);
});

test('a node that comes back in time keeps its Pods', async () => {
  const {registry, clock, node, pod, getPod} = await openCluster([podGarbageCollector]);
  node('agent-0');
  pod('db', {nodeName: 'agent-0'});
  registry.delete('nodes', undefined, 'agent-0');
  await clock.advance(30_000);
  node('agent-0');
  await clock.advance(300_000);
  expect(getPod('db')).toBeDefined();
});

test('on a node that is out of service and not ready, Pods that are going away are gone', async () => {
  const {registry, clock, node, pod, getPod} = await openCluster([podGarbageCollector]);
  const taints = [{key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute'}];
  node('agent-0', {spec: {taints}});
  pod('going', {nodeName: 'agent-0'});
  pod('staying', {nodeName: 'agent-0'});
  registry.delete('pods', 'lab', 'going');
  await clock.advance(60_000);
  expect(getPod('going')).toBeDefined();
  registry.change(
    'nodes',
    {name: 'agent-0'},
    ({status}) => void Object.assign(status ?? {}, {conditions: [{type: 'Ready', status: 'Unknown'}]}),
    {subresource: 'status'},
  );
  await clock.advance(20_000);
  expect(getPod('going')).toBeUndefined();
  expect(getPod('staying')).toBeDefined();
});
