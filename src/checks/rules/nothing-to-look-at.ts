import {looksOf} from '../../lab/look-of.ts';
import type {Rule} from './rule.ts';

/** A probe or an answer has no object to ask: the one it needs is gone or not there yet. */
export const nothingToLookAt: Rule = ({look, milestone}) => {
  if (look === undefined || look === 'wanted' || look.status !== 'unmatched' || !look.nothing)
    return undefined;
  const [where] = looksOf(milestone);
  const what = !where ? 'object' : 'log' in where ? 'log' : 'exec' in where ? 'exec' : 'files';
  return {code: 'nothing-to-look-at', facts: {what}, verdict: 'off-track'};
};
