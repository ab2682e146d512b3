import {describe, expect, test} from 'vitest';
import {diagnosisOf, judged, type MilestoneInput} from '../../../helpers/judging.ts';
import {node} from '../../../helpers/nodes.ts';
import {object, pod} from '../../../helpers/objects.ts';
import {put, type Script} from '../../../helpers/script.ts';

const owned = {ownerReferences: [{kind: 'StatefulSet', name: 'db', uid: 'uid-db'}]};
const ownedPod = (name: string, spec: object = {}) => {
  const made = pod(name, {node: 'n1', spec});
  return {...made, metadata: {...made.metadata, ...owned}};
};
const db = ownedPod('db-0');
const milestones: MilestoneInput[] = [{id: 'm', object: {kind: 'pods', name: 'db-0'}, replaced: '$zero'}];
const remembered = {zero: db};
const start: Script = [[0, put(node('n1')), put(db)]];
const cordoned: Script = [...start, [2, put(node('n1', {cordoned: true}))]];
const budget = (disruptionsAllowed: number) =>
  put(
    object('poddisruptionbudgets.policy', 'db', {
      spec: {selector: {matchLabels: {app: 'db'}}, maxUnavailable: 0},
      status: {
        disruptionsAllowed,
        conditions: [{type: 'DisruptionAllowed', status: 'False', reason: 'InsufficientPods'}],
      },
    }),
  );

test('a cordon alone moves no Pod', () => {
  expect(diagnosisOf({milestones, script: cordoned, since: 1, remembered, at: 12})).toEqual({
    code: 'not-drained',
    facts: {node: 'n1', pod: 'db-0', because: 'cordon-only'},
    object: {kind: 'nodes', name: 'n1', uid: 'uid-n1'},
    path: 'spec.unschedulable',
    verdict: 'off-track',
  });
});

test.each([
  ['unmanaged', pod('scratch', {node: 'n1'})],
  ['local-data', ownedPod('scratch', {volumes: [{name: 'tmp', emptyDir: {}}]})],
])('drain stops at another Pod: %s', (because, other) => {
  const script: Script = [...cordoned, [3, put(other)]];
  expect(diagnosisOf({milestones, script, since: 1, remembered, at: 12})?.facts).toMatchObject({
    because,
    blocker: 'scratch',
  });
});

test('a budget forbids the eviction', () => {
  const script: Script = [...cordoned, [3, budget(0)]];
  expect(diagnosisOf({milestones, script, since: 1, remembered, at: 12})?.facts).toMatchObject({
    because: 'budget',
    budget: 'db',
  });
  const lets: Script = [...cordoned, [3, budget(1)]];
  expect(diagnosisOf({milestones, script: lets, since: 1, remembered, at: 12})?.facts).toMatchObject({
    because: 'cordon-only',
  });
});

describe('not', () => {
  test('before an eviction had its time; then without anything having to change', () => {
    const {judgement, wakeAt} = judged({milestones, script: cordoned, since: 1, remembered, at: 5});
    expect([judgement.diagnosis, wakeAt]).toEqual([undefined, 10_000]);
  });
  test('of a node that was cordoned before: the drain is what the step asks for', () => {
    expect(diagnosisOf({milestones, script: cordoned, since: 3, remembered, at: 30})).toBeUndefined();
  });
  test('where the step wants the Pod to stay, whatever is tried', () => {
    const stays: MilestoneInput[] = [
      {
        id: 'm',
        object: {kind: 'pods', name: 'db-0'},
        match: '!has(self.metadata.deletionTimestamp) && self.status.phase == "Running"',
      },
    ];
    const script: Script = [...cordoned, [3, budget(0)]];
    expect(diagnosisOf({milestones: stays, script, since: 1, at: 30})).toBeUndefined();
  });
  test('while the Pod is on its way out', () => {
    const script: Script = [...cordoned, [3, put(pod('db-0', {node: 'n1', deleting: true}))]];
    expect(diagnosisOf({milestones, script, since: 1, remembered, at: 30})).toBeUndefined();
  });
});
