import {expect, test} from 'vitest';
import type {LookState} from '../../../../src/checks/looks.ts';
import {diagnosisOf, judgementOf, type MilestoneInput} from '../../../helpers/judging.ts';

const milestones: MilestoneInput[] = [
  {id: 'm', answer: {from: {files: {node: 'n1', path: '/data'}}, find: '(.+)'}},
];
const looks = (state: Omit<Extract<LookState, {status: 'unmatched'}>, 'status'>) =>
  new Map([['m', {status: 'unmatched', ...state} as const]]);

test('the cluster says something else', () => {
  expect(
    diagnosisOf({milestones, script: [], looks: looks({mismatches: [], wrongAnswer: 'passwd'})}),
  ).toEqual({
    code: 'wrong-answer',
    facts: {answer: 'passwd'},
    verdict: 'off-track',
  });
});

test('not before there is an answer', () => {
  expect(judgementOf({milestones, script: []})).toEqual({
    verdict: 'off-track',
    todo: true,
    waitingFor: 'm',
    mismatches: [{type: 'no-answer-yet', milestone: 'm'}],
  });
  expect(diagnosisOf({milestones, script: [], looks: looks({mismatches: []})})).toBeUndefined();
});
