import {describe, expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {put, type Script} from '../../../helpers/script.ts';
import {claim, volume} from '../../../helpers/volumes.ts';

const ofClaim: MilestoneInput[] = [
  {id: 'm', object: {kind: 'persistentvolumeclaims', name: 'data'}, match: {status: {phase: 'Bound'}}},
];
const ofVolume = (phase: string): MilestoneInput[] => [
  {id: 'm', object: {kind: 'persistentvolumes', name: 'mysql-pv'}, match: {status: {phase}}},
];
const released = volume('mysql-pv', {phase: 'Released', claim: {name: 'data', uid: 'old'}});

test('a new claim of the same name does not get it', () => {
  const script: Script = [[1, put(released), put(claim('data'))]];
  expect(diagnosisOf({milestones: ofClaim, script, at: 9})).toEqual({
    code: 'volume-released',
    facts: {claim: 'data', wantedBy: 'data'},
    object: {kind: 'persistentvolumes', name: 'mysql-pv', uid: 'uid-mysql-pv'},
    path: 'spec.claimRef',
    verdict: 'off-track',
  });
});

test('the step wants it free, and it was given up in this step', () => {
  const script: Script = [
    [0, put(volume('mysql-pv', {phase: 'Bound', claim: {name: 'data', uid: 'old'}}))],
    [2, put(released)],
  ];
  expect(diagnosisOf({milestones: ofVolume('Available'), script, since: 1})).toMatchObject({
    code: 'volume-released',
    facts: {claim: 'data'},
  });
});

describe('not', () => {
  test('when the step begins with it and asks to free it', () => {
    const script: Script = [[0, put(released)]];
    expect(diagnosisOf({milestones: ofVolume('Available'), script, since: 1, at: 2})).toBeUndefined();
  });
  test('when another one is free', () => {
    const script: Script = [[1, put(released), put(volume('other')), put(claim('data'))]];
    expect(diagnosisOf({milestones: ofClaim, script, at: 9})).toBeUndefined();
  });
  test('when it would not suit anyway: then that is said', () => {
    const script: Script = [[1, put(released), put(claim('data', {size: '5Gi'}))]];
    expect(diagnosisOf({milestones: ofClaim, script, at: 9})?.code).toBe('claim-pending');
  });
});
