import {describe, expect, test} from 'vitest';
import {getLab, labIds} from '../../../src/lab/catalog.ts';
import {lintLab} from '../../../src/lab/lint.ts';
import {messagesIn} from '../../../src/ui/messages/messages.ts';
import {labsWithMistakes, mistakesOf} from '../../helpers/mistakes.ts';

const codes = Object.keys(messagesIn('en').diagnoses);

test('mistakes are made in labs that there are', () => {
  expect(labIds()).toEqual(expect.arrayContaining(labsWithMistakes()));
});

describe.each(labsWithMistakes())('mistakes in %s', id => {
  const lab = getLab(id);
  const mistakes = mistakesOf(id);

  test('are made in steps that there are, and explained by diagnoses that there are', () => {
    const steps = lab.steps.map(step => step.id);
    expect(mistakes.filter(({step}) => !steps.includes(step))).toEqual([]);
    expect(mistakes.filter(({diagnosis}) => !codes.includes(diagnosis))).toEqual([]);
  });

  test('could stand in the lab as wrong ways: ids differ, commands are whole, manifests and variables are known', () => {
    const wrongIn = (step: string) =>
      mistakes
        .filter(mistake => mistake.step === step)
        .map(({id: mistake, run, answer, undo}) => ({
          id: `learner-${mistake}`,
          verdict: 'off-track' as const,
          ...(run ? {run} : {}),
          ...(answer === undefined ? {} : {answer}),
          ...(undo ? {undo} : {}),
        }));
    const steps = lab.steps.map(step => ({...step, wrong: [...step.wrong, ...wrongIn(step.id)]}));
    expect(lintLab({...lab, steps})).toEqual([]);
  });

  test('name their cause: what is asked of the sentence is more than the code', () => {
    expect(mistakes.filter(({names}) => names.test(''))).toEqual([]);
  });
});

test.each(labIds())('%s knows at least five', id => {
  expect(mistakesOf(id).length).toBeGreaterThanOrEqual(5);
});

test('there are at least fifty in all', () => {
  expect(labIds().flatMap(id => mistakesOf(id)).length).toBeGreaterThanOrEqual(50);
});
