import {describe, expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {object, pod} from '../../../helpers/objects.ts';
import {put} from '../../../helpers/script.ts';

const claim = {kind: 'persistentvolumeclaims', name: 'data'} as const;
const milestones: MilestoneInput[] = [{id: 'm', object: claim, match: {spec: {volumeName: 'x'}}}];
const leaving = object('persistentvolumeclaims', 'data', {
  metadata: {deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['kubernetes.io/pvc-protection']},
});

test('it is on its way out, and what holds it', () => {
  expect(diagnosisOf({milestones, script: [[1, put(leaving)]]})).toEqual({
    code: 'being-deleted',
    facts: {finalizers: ['kubernetes.io/pvc-protection'], heldBy: []},
    object: {kind: 'persistentvolumeclaims', name: 'data', uid: 'uid-data', namespace: 'statelab-test'},
    path: 'metadata.deletionTimestamp',
  });
});

describe('not', () => {
  test('where it is to go', () => {
    const gone: MilestoneInput[] = [{id: 'm', object: claim, gone: true}];
    expect(diagnosisOf({milestones: gone, script: [[0, put(leaving)]]})).toBeUndefined();
  });
  test('of Pods: they only end', () => {
    const wants: MilestoneInput[] = [{id: 'm', object: {kind: 'pods'}, match: {spec: {nodeName: 'n1'}}}];
    expect(diagnosisOf({milestones: wants, script: [[1, put(pod('a', {deleting: true}))]]})).toBeUndefined();
  });
  test('of one that stays', () => {
    const there = object('persistentvolumeclaims', 'data');
    expect(diagnosisOf({milestones, script: [[1, put(there)]]})).toBeUndefined();
  });
});
