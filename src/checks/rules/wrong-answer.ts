import type {Rule} from './rule.ts';

/** The learner answered, and the cluster says something else. */
export const wrongAnswer: Rule = ({look}) => {
  if (
    look === undefined ||
    look === 'wanted' ||
    look.status !== 'unmatched' ||
    look.wrongAnswer === undefined
  )
    return undefined;
  return {code: 'wrong-answer', facts: {answer: look.wrongAnswer}, verdict: 'off-track'};
};
