import {expect, test} from 'vitest';
import {diagnosisOf, judgementOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {pod} from '../../../helpers/objects.ts';
import {put, type Script} from '../../../helpers/script.ts';

const milestones: MilestoneInput[] = [
  {
    id: 'm',
    object: {kind: 'pods'},
    match: {status: {phase: 'Running'}},
    expect: {within: 30, because: 'start'},
  },
];
const script: Script = [[1, put(pod('a', {phase: 'Pending'}))]];

test('it takes twice as long as it usually does', () => {
  expect(diagnosisOf({milestones, script, at: 60})).toEqual({
    code: 'late',
    facts: {seconds: 60, expected: 30},
  });
  expect(judgementOf({milestones, script, at: 75})).toMatchObject({
    verdict: 'converging',
    diagnosis: {facts: {seconds: 75}},
  });
});

test('not a moment before, and not without an expectation', () => {
  expect(diagnosisOf({milestones, script, at: 59.9})).toBeUndefined();
  const patient = milestones.map(({expect: _, ...milestone}) => milestone);
  expect(diagnosisOf({milestones: patient, script, at: 600})).toBeUndefined();
});
