import {describe, expect, test} from 'vitest';
import {diagnosisOf, judgementOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {object, pod} from '../../../helpers/objects.ts';
import {put} from '../../../helpers/script.ts';
import {claim as claimOf, podWith, volume as volumeOf} from '../../../helpers/volumes.ts';

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

test('the Pods that keep a claim, the claim that keeps a volume', () => {
  const gone: MilestoneInput[] = [{id: 'm', object: claim, gone: true}];
  const user = put(podWith('db', 'data', {phase: 'Running'}));
  const over = put(podWith('old', 'data', {phase: 'Succeeded'}));
  expect(diagnosisOf({milestones: gone, script: [[0, put(leaving), user, over]]})).toMatchObject({
    facts: {heldBy: ['Pod db']},
    verdict: 'off-track',
  });
  const leavingToo = put(podWith('db', 'data', {phase: 'Running', deleting: true}));
  expect(judgementOf({milestones: gone, script: [[0, put(leaving), leavingToo]]}).verdict).toBe('converging');
  const bound = claimOf('data', {phase: 'Bound', volume: 'v'});
  const volume = volumeOf('v', {phase: 'Bound', claim: {name: 'data', uid: 'uid-data'}});
  volume.metadata.deletionTimestamp = '2026-01-01T00:00:00Z';
  volume.metadata.finalizers = ['kubernetes.io/pv-protection'];
  expect(diagnosisOf({milestones: gone, script: [[0, put(bound), put(volume)]]})).toMatchObject({
    code: 'being-deleted',
    facts: {heldBy: ['PersistentVolumeClaim data']},
    object: {kind: 'persistentvolumes', name: 'v'},
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
