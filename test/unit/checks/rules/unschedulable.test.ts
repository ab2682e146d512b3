import {describe, expect, test} from 'vitest';
import {diagnosisOf, judged, type MilestoneInput} from '../../../helpers/judging.ts';
import {node} from '../../../helpers/nodes.ts';
import {pod} from '../../../helpers/objects.ts';
import {put, type Script} from '../../../helpers/script.ts';

const milestones: MilestoneInput[] = [
  {id: 'm', object: {kind: 'pods', labels: 'app=db'}, match: {status: {phase: 'Running'}}},
];
const noNode = "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.";
const pending = (message: string, nodeSelector?: object, reason = 'Unschedulable') =>
  put(
    pod('db-1', {
      phase: 'Pending',
      conditions: [{type: 'PodScheduled', status: 'False', reason, message}],
      spec: nodeSelector ? {nodeSelector} : {},
    }),
  );

test('no node fits: the selector, and what the scheduler says', () => {
  const script: Script = [[1, pending(noNode, {'kubernetes.io/hostname': 'nowhere'})]];
  expect(diagnosisOf({milestones, script, at: 4})).toEqual({
    code: 'unschedulable',
    facts: {reason: 'selector', nodeSelector: 'kubernetes.io/hostname=nowhere'},
    object: {kind: 'pods', name: 'db-1', uid: 'uid-db-1', namespace: 'statelab-test'},
    path: 'spec.nodeSelector',
    verdict: 'off-track',
    proof: noNode,
  });
});

test('only after some patience, and then without anything having to change', () => {
  const script: Script = [[1, pending(noNode)]];
  const {judgement, wakeAt} = judged({milestones, script, at: 3.9});
  expect([judgement.verdict, judgement.diagnosis, wakeAt]).toEqual(['converging', undefined, 4000]);
});

describe('the reason, in the words of old and new schedulers', () => {
  test.each([
    ['0/2 nodes are available: 2 node(s) had volume node affinity conflict.', 'volume'],
    ["0/2 nodes are available: 2 node(s) didn't match PersistentVolume's node affinity.", 'volume'],
    ["0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.", 'selector'],
    ['0/2 nodes are available: 2 node(s) were unschedulable.', 'cordoned'],
    ['0/2 nodes are available: 2 node(s) had untolerated taint {disk: slow}.', 'cordoned'],
    ['0/2 nodes are available: 2 Insufficient memory.', 'resources'],
    ['something new', 'other'],
  ])('%s', (message, reason) => {
    expect(diagnosisOf({milestones, script: [[1, pending(message)]], at: 9})?.facts).toEqual({reason});
  });
});

test('other nodes are cordoned, as the scheduler says of each apart', () => {
  const says =
    "0/3 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 2 node(s) were unschedulable.";
  expect(diagnosisOf({milestones, script: [[1, pending(says)]], at: 9})?.facts).toEqual({
    reason: 'volume',
    cordoned: true,
  });
});

test('what the nodes have for the label that is asked for', () => {
  const asks = pending(noNode, {'kubernetes.io/hostname': 'n11'});
  expect(
    diagnosisOf({milestones, script: [[1, put(node('n1')), put(node('n2')), asks]], at: 9})?.facts,
  ).toEqual({
    reason: 'selector',
    nodeSelector: 'kubernetes.io/hostname=n11',
    nodesHave: ['kubernetes.io/hostname=n1', 'kubernetes.io/hostname=n2'],
  });
});

describe('not', () => {
  test('for a Pod that waits for something else', () => {
    expect(
      diagnosisOf({milestones, script: [[1, pending('', undefined, 'SchedulingGated')]], at: 9}),
    ).toBeUndefined();
  });
  test('while another Pod is on its way out: it may be waiting for its place', () => {
    const leaving = put(pod('db-0', {phase: 'Failed', deleting: true}));
    expect(diagnosisOf({milestones, script: [[1, pending(noNode), leaving]], at: 9})).toBeUndefined();
  });
  test('once a node was found', () => {
    const placed = pod('db-1', {phase: 'Pending', conditions: [{type: 'PodScheduled', status: 'True'}]});
    expect(
      diagnosisOf({
        milestones,
        script: [
          [1, pending(noNode)],
          [2, put(placed)],
        ],
        at: 9,
      }),
    ).toBeUndefined();
  });
});
