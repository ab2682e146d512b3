import {secondsOf} from '../../lab/usual-seconds.ts';
import type {Rule} from './rule.ts';

/** It takes more than twice as long as it usually does. */
export const late: Rule = ({expectedEnd, milestone, now}) => {
  if (expectedEnd === undefined || !milestone.expect) return undefined;
  const expected = secondsOf(milestone.expect.within);
  const seconds = Math.floor((now - expectedEnd) / 1000) + expected;
  return seconds >= 2 * expected ? {code: 'late', facts: {seconds, expected}} : undefined;
};
