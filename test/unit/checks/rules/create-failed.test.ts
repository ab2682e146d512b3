import {describe, expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {eventAbout, object} from '../../../helpers/objects.ts';
import {put} from '../../../helpers/script.ts';

const milestones: MilestoneInput[] = [
  {id: 'm', object: {kind: 'pods', labels: 'app=db'}, match: {status: {phase: 'Running'}}},
];
const rs = (replicas: number) =>
  object('replicasets.apps', 'db-1', {spec: {replicas: 1}, status: {replicas}});
const refused = eventAbout(
  rs(0),
  'FailedCreate',
  'pods "db-1-x" is forbidden: violates PodSecurity "restricted"',
);

test('the controller may not make the Pod, and who forbids it', () => {
  expect(diagnosisOf({milestones, script: [[1, put(rs(0)), put(refused)]]})).toEqual({
    code: 'create-failed',
    facts: {forbidden: true},
    object: {kind: 'replicasets.apps', name: 'db-1', uid: 'uid-db-1', namespace: 'statelab-test'},
    path: 'spec.template',
    verdict: 'off-track',
    proof: 'pods "db-1-x" is forbidden: violates PodSecurity "restricted"',
  });
});

describe('not', () => {
  test('once the Pod was made after all', () => {
    expect(diagnosisOf({milestones, script: [[1, put(rs(1)), put(refused)]]})).toBeUndefined();
  });
  test('while there is nothing but a Pod that is not there yet', () => {
    expect(diagnosisOf({milestones, script: [[1, put(rs(0))]]})).toBeUndefined();
  });
  test('for an event of another reason, or about another object', () => {
    const made = eventAbout(rs(0), 'SuccessfulCreate', 'Created pod');
    const other = eventAbout(object('replicasets.apps', 'web-1'), 'FailedCreate', 'forbidden');
    expect(diagnosisOf({milestones, script: [[1, put(rs(0)), put(made), put(other)]]})).toBeUndefined();
  });
});
