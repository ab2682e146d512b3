import {looksOf} from '../../lab/look-of.ts';
import type {RuleContext} from './rule.ts';

/** The node that a look found running, and that is not to run. */
export function nodeToStop({milestone, mismatches}: RuleContext): string | undefined {
  if (!looksOf(milestone).some(look => 'node' in look)) return undefined;
  const said = mismatches.find(one => one.type === 'output');
  return said?.type === 'output' && said.found === 'running' ? said.object : undefined;
}
