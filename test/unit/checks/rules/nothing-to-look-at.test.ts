import {describe, expect, test} from 'vitest';
import type {LookState} from '../../../../src/checks/looks.ts';
import type {Look} from '../../../../src/lab/schema.ts';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';

const object = {kind: 'pods', labels: 'app=db'} as const;
const looks = (nothing: boolean) =>
  new Map<string, LookState>([['m', {status: 'unmatched', mismatches: [], nothing}]]);
const probing = (look: Look): MilestoneInput[] => [{id: 'm', probe: {look, matches: 'x'}}];

describe('there is nobody to ask', () => {
  test.each<[string, Look]>([
    ['log', {log: {object, previous: false}}],
    ['exec', {exec: {object, command: ['true']}}],
    ['files', {files: {node: 'n1', path: '/data'}}],
  ])('%s', (what, look) => {
    expect(diagnosisOf({milestones: probing(look), script: [], looks: looks(true)})).toEqual({
      code: 'nothing-to-look-at',
      facts: {what},
      verdict: 'off-track',
    });
  });
});

test('not when somebody was asked and said something else', () => {
  const milestones = probing({exec: {object, command: ['true']}});
  expect(diagnosisOf({milestones, script: [], looks: looks(false)})).toBeUndefined();
  expect(diagnosisOf({milestones, script: []})).toBeUndefined();
});
