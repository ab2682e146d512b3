import {describe, expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {pod} from '../../../helpers/objects.ts';
import {deleted, put, type Script} from '../../../helpers/script.ts';
import {claim, volume} from '../../../helpers/volumes.ts';

const milestones: MilestoneInput[] = [
  {id: 'm', object: {kind: 'pods', name: 'mysql-0'}, match: {status: {phase: 'Running'}}},
];
const data = claim('pvc-mysql-0', {uid: 'old', phase: 'Bound', volume: 'pvc-1'});
const made = volume('pvc-1', {phase: 'Bound', claim: {name: 'pvc-mysql-0', uid: 'old'}, policy: 'Delete'});
const start: Script = [[0, put(data), put(made)]];

test('with its volume: what was in it is lost for good', () => {
  const script: Script = [...start, [2, deleted(data), deleted(made)]];
  expect(diagnosisOf({milestones, script, since: 1})).toEqual({
    code: 'claim-deleted',
    facts: {volume: 'pvc-1', kept: false, again: false},
    object: {kind: 'persistentvolumeclaims', name: 'pvc-mysql-0', uid: 'old', namespace: 'statelab-test'},
    path: 'metadata.uid',
    verdict: 'dead-end',
  });
});

test('and made again: of the same name, and empty', () => {
  const again = put(claim('pvc-mysql-0', {uid: 'new', phase: 'Bound', volume: 'pvc-2'}));
  const script: Script = [...start, [2, deleted(data), deleted(made)], [3, again]];
  expect(diagnosisOf({milestones, script, since: 1})).toMatchObject({
    facts: {again: true},
    verdict: 'dead-end',
  });
});

test('with its volume, which is still on its way out', () => {
  const released = put(
    volume('pvc-1', {phase: 'Released', claim: {name: 'pvc-mysql-0', uid: 'old'}, policy: 'Delete'}),
  );
  const script: Script = [...start, [2, deleted(data), released]];
  expect(diagnosisOf({milestones, script, since: 1})).toMatchObject({
    facts: {kept: false},
    verdict: 'dead-end',
  });
});

test('and still used by a Pod: nothing takes that back', () => {
  const now = claim('pvc-mysql-0', {uid: 'old', phase: 'Bound', volume: 'pvc-1'});
  const going = put({...now, metadata: {...now.metadata, deletionTimestamp: '2026-01-01T00:00:00Z'}});
  expect(diagnosisOf({milestones, script: [...start, [2, going]], since: 1})).toMatchObject({
    facts: {kept: false, isGoing: true},
    verdict: 'dead-end',
  });
});

test('but its volume is kept', () => {
  const released = put(volume('pvc-1', {phase: 'Released', claim: {name: 'pvc-mysql-0', uid: 'old'}}));
  const script: Script = [...start, [2, deleted(data), released]];
  expect(diagnosisOf({milestones, script, since: 1})).toMatchObject({
    facts: {volume: 'pvc-1', kept: true},
    verdict: 'off-track',
  });
});

test('but its volume was made free and has been claimed again: nothing is lost', () => {
  const again = put(claim('pvc-mysql-0', {uid: 'new', phase: 'Bound', volume: 'pvc-1'}));
  const bound = put(volume('pvc-1', {phase: 'Bound', claim: {name: 'pvc-mysql-0', uid: 'new'}}));
  const script: Script = [...start, [2, deleted(data), bound], [3, again]];
  expect(diagnosisOf({milestones, script, since: 1})?.code).not.toBe('claim-deleted');
});

test('where an earlier step remembered the claim, the sentence says that the data is gone, and there is no way on', () => {
  const kept: MilestoneInput[] = [{id: 'same', kept: '$claim'}, ...milestones];
  const script: Script = [...start, [2, deleted(data), deleted(made)]];
  expect(diagnosisOf({milestones: kept, script, since: 1, remembered: {claim: data}})).toMatchObject({
    code: 'claim-deleted',
    facts: {volume: 'pvc-1', kept: false},
    verdict: 'dead-end',
  });
});

test('also where the step wants it not to be on its way out', () => {
  const stays: MilestoneInput = {
    id: 'stays',
    object: {kind: 'persistentvolumeclaims', name: 'pvc-mysql-0'},
    match: "!has(self.metadata.deletionTimestamp) && self.status.phase == 'Bound'",
  };
  const script: Script = [...start, [2, deleted(data), deleted(made)]];
  expect(diagnosisOf({milestones: [...milestones, stays], script, since: 1})?.code).toBe('claim-deleted');
});

describe('not', () => {
  const script: Script = [...start, [2, deleted(data), deleted(made)]];
  test.each<[string, MilestoneInput]>([
    [
      'the claim to go',
      {id: 'gone', object: {kind: 'persistentvolumeclaims', name: 'pvc-mysql-0'}, gone: true},
    ],
    [
      'it to be on its way out',
      {
        id: 'leaving',
        object: {kind: 'persistentvolumeclaims', name: 'pvc-mysql-0'},
        seen: 'has(self.metadata.deletionTimestamp)',
      },
    ],
    [
      'its volume Released',
      {id: 'released', object: {kind: 'persistentvolumes'}, seen: {status: {phase: 'Released'}}},
    ],
  ])('where the step wants %s', (_name, asks) => {
    const both = [...milestones, asks];
    expect(diagnosisOf({milestones: both, script, since: 1})?.code).not.toBe('claim-deleted');
  });
  test('of one that was deleted before the step began, or never had a volume', () => {
    expect(diagnosisOf({milestones, script, since: 3, at: 4})).toBeUndefined();
    const empty = claim('empty');
    const other: Script = [
      [0, put(empty), put(pod('web'))],
      [2, deleted(empty)],
    ];
    expect(diagnosisOf({milestones, script: other, since: 1})).toBeUndefined();
  });
});
