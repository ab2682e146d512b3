import {describe, expect, test} from 'vitest';
import {diagnosisOf, judgementOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {exited, pod, waiting} from '../../../helpers/objects.ts';
import {put, type Script} from '../../../helpers/script.ts';

const milestones: MilestoneInput[] = [
  {
    id: 'm',
    object: {kind: 'pods', labels: 'app=db'},
    match: {status: {conditions: [{type: 'Ready', status: 'True'}]}},
  },
];
const backOff = {...waiting('CrashLoopBackOff'), lastState: exited(1).state, restartCount: 2};
const crashing: Script = [[1, put(pod('db-1', {ready: false, container: backOff}))]];
const evidence = new Map([['uid-db-1/db/2', 'InnoDB: Unable to lock ./ibdata1']]);

test('a container ends with an error again and again; the proof is its log', () => {
  expect(diagnosisOf({milestones, script: crashing, evidence})).toEqual({
    code: 'crash-loop',
    facts: {container: 'db', exitCode: 1, restarts: 2, cause: 'directory-locked'},
    object: {kind: 'pods', name: 'db-1', uid: 'uid-db-1', namespace: 'statelab-test'},
    path: 'status.containerStatuses[name=db].lastState.terminated.exitCode',
    verdict: 'off-track',
    proof: 'InnoDB: Unable to lock ./ibdata1',
  });
});

test('it ended right now', () => {
  const script: Script = [[1, put(pod('db-1', {ready: false, container: exited(137)}))]];
  const log = new Map([['uid-db-1/db/0t', 'Killed']]);
  expect(diagnosisOf({milestones, script, evidence: log})).toMatchObject({
    facts: {exitCode: 137, restarts: 0},
    proof: 'Killed',
  });
});

test('a log that could not be had leaves the sentence without its proof', () => {
  const empty = new Map([['uid-db-1/db/2', '']]);
  expect(diagnosisOf({milestones, script: crashing, evidence: empty})).not.toHaveProperty('proof');
});

describe('not', () => {
  test('where the step means it to happen', () => {
    expect(judgementOf({milestones, script: crashing, evidence, expected: ['crash-loop']})).toMatchObject({
      verdict: 'converging',
    });
    expect(diagnosisOf({milestones, script: crashing, evidence, expected: ['crash-loop']})).toBeUndefined();
  });
  test('before its log is there', () => {
    expect(diagnosisOf({milestones, script: crashing})).toBeUndefined();
  });
  test('while it runs again, or ended well', () => {
    const again = {state: {running: {}}, lastState: exited(1).state, restartCount: 2};
    expect(
      diagnosisOf({milestones, script: [[1, put(pod('db-1', {ready: false, container: again}))]], evidence}),
    ).toBeUndefined();
    const well = new Map([['uid-db-1/db/0t', 'done']]);
    expect(
      diagnosisOf({
        milestones,
        script: [[1, put(pod('db-1', {ready: false, container: exited(0)}))]],
        evidence: well,
      }),
    ).toBeUndefined();
  });
});

test('not of a Pod on its way out: how it ends does not matter, and another one may crash beside it', () => {
  const leaving = put(pod('db-1', {ready: false, deleting: true, container: backOff}));
  expect(diagnosisOf({milestones, script: [[1, leaving]], evidence})).toBeUndefined();
  const log = new Map([...evidence, ['uid-db-2/db/2', 'Access denied']]);
  const script: Script = [[1, leaving, put(pod('db-2', {ready: false, container: backOff}))]];
  expect(diagnosisOf({milestones, script, evidence: log})?.object?.name).toBe('db-2');
});
