import {describe, expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {put, type Script} from '../../../helpers/script.ts';
import {claim, podWith} from '../../../helpers/volumes.ts';

const milestones: MilestoneInput[] = [
  {id: 'm', object: {kind: 'pods', name: 'db'}, match: {status: {phase: 'Running'}}},
];
const says = '0/3 nodes are available: persistentvolumeclaim "dta" not found. not found';
const waits = (claimName: string) =>
  put(
    podWith('db', claimName, {
      conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: says}],
    }),
  );

test('a Pod names a claim that is not there; one of a like name is', () => {
  const script: Script = [[1, put(claim('data', {phase: 'Bound'})), waits('dta')]];
  expect(diagnosisOf({milestones, script, at: 9})).toEqual({
    code: 'claim-gone',
    facts: {claim: 'dta', deleting: false, nearest: 'data'},
    object: {kind: 'pods', name: 'db', uid: 'uid-db', namespace: 'statelab-test'},
    path: 'spec.volumes[].persistentVolumeClaim.claimName',
    verdict: 'off-track',
  });
});

test('the claim is on its way out', () => {
  const script: Script = [[1, put(claim('data', {phase: 'Bound', deleting: true})), waits('data')]];
  expect(diagnosisOf({milestones, script, at: 9})?.facts).toEqual({claim: 'data', deleting: true});
});

describe('not', () => {
  test('while the claim may still come with the Pod', () => {
    expect(diagnosisOf({milestones, script: [[1, waits('dta')]], at: 3})).toBeUndefined();
  });
  test('of a Pod that has its node', () => {
    const placed = put(podWith('db', 'data', {node: 'n1'}));
    expect(diagnosisOf({milestones, script: [[1, placed]], at: 9})).toBeUndefined();
  });
});
