import {expect, test} from 'vitest';
import {inDeletionOrder} from '../../../../../src/sandbox/control/replicaset/ranking.ts';
import type {Pod} from '../../../../../src/sandbox/control/workload/pods.ts';
import {manualClock} from '../../manual-clock.ts';

const clock = manualClock();
const ago = (seconds: number) => new Date(clock.now() - seconds * 1000).toISOString();

interface Given {
  node?: string;
  phase?: string;
  readyFor?: number;
  cost?: string;
  restarts?: number;
  age?: number;
}
const pod = (
  uid: string,
  {node = 'n1', phase = 'Running', readyFor = 100, cost, restarts = 0, age = 100}: Given,
) =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: uid,
      uid,
      resourceVersion: '1',
      creationTimestamp: ago(age),
      ...(cost && {annotations: {'controller.kubernetes.io/pod-deletion-cost': cost}}),
    },
    spec: {nodeName: node},
    status: {
      phase,
      conditions: readyFor > 0 ? [{type: 'Ready', status: 'True', lastTransitionTime: ago(readyFor)}] : [],
      containerStatuses: [{restartCount: restarts}],
    },
  }) as unknown as Pod;

test.each<[string, Given, Given]>([
  ['one without a node', {node: '', readyFor: 0, phase: 'Pending'}, {}],
  ['a pending one', {phase: 'Pending', readyFor: 0}, {readyFor: 0}],
  ['one that is not ready', {readyFor: 0}, {}],
  ['the cheaper one', {cost: '-5'}, {}],
  ['one with more neighbours', {node: 'crowded'}, {}],
  ['one that is ready for a much shorter time', {readyFor: 10}, {readyFor: 100}],
  ['one that was restarted more often', {restarts: 2}, {restarts: 1}],
  ['one that is much younger', {age: 10, readyFor: 0}, {age: 100, readyFor: 0}],
  ['of two about as long ready, the one that chance chose', {readyFor: 90}, {readyFor: 80}],
])('%s goes first', (_, first, then) => {
  const neighbours = (node: string) => (node === 'crowded' ? 3 : 1);
  const pods = [pod('b', then), pod('a', first)];
  expect(inDeletionOrder(pods, neighbours, clock).map(({metadata}) => metadata.name)).toEqual(['a', 'b']);
});
