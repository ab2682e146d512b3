import {describe, expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {deployment, pod} from '../../../helpers/objects.ts';
import {deleted, put, type Script} from '../../../helpers/script.ts';

const db = {kind: 'deployments.apps', name: 'db'} as const;
const milestones: MilestoneInput[] = [{id: 'm', object: db, match: {spec: {replicas: 2}}}];

test('none of the name, one of another', () => {
  expect(diagnosisOf({milestones, script: [[1, put(deployment('dd', 1))]], at: 2})).toEqual({
    code: 'wrong-name',
    facts: {found: 'dd', wanted: 'db'},
    object: {kind: 'deployments.apps', name: 'dd', uid: 'uid-dd', namespace: 'statelab-test'},
    path: 'metadata.name',
    verdict: 'off-track',
  });
});

test('what is asked was done with another one', () => {
  const script: Script = [
    [0, put(deployment('db', 1))],
    [2, put(deployment('db2', 2))],
  ];
  expect(diagnosisOf({milestones, script})).toMatchObject({code: 'wrong-name', facts: {found: 'db2'}});
});

describe('not', () => {
  test('when the other one is not as asked either', () => {
    const script: Script = [
      [0, put(deployment('db', 1))],
      [2, put(deployment('db2', 1))],
    ];
    expect(diagnosisOf({milestones, script})).toBeUndefined();
  });
  test('when the other one was so before the step began', () => {
    const script: Script = [[0, put(deployment('db', 1)), put(deployment('other', 2))]];
    expect(diagnosisOf({milestones, script, since: 1, at: 2})).toBeUndefined();
  });
  test('when the step asks for the other one as well', () => {
    const both: MilestoneInput[] = [...milestones, {id: 'n', object: {...db, name: 'web'}, match: {}}];
    expect(diagnosisOf({milestones: both, script: [[1, put(deployment('web', 1))]]})).toBeUndefined();
  });
  test('when one is to go: others may stay', () => {
    const gone: MilestoneInput[] = [{id: 'm', object: db, gone: true}];
    const script: Script = [[0, put(deployment('db', 1)), put(deployment('db2', 1))]];
    expect(diagnosisOf({milestones: gone, script})).toBeUndefined();
  });
  test('when one is to be replaced: its neighbour is no substitute', () => {
    const replaced: MilestoneInput[] = [{id: 'm', object: {kind: 'pods', name: 'db-0'}, replaced: '$zero'}];
    const zero = pod('db-0');
    const script: Script = [
      [0, put(zero), put(pod('db-1'))],
      [1, deleted(zero)],
    ];
    expect(diagnosisOf({milestones: replaced, script, remembered: {zero}})).toBeUndefined();
  });
});
