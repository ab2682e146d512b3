import type {Diagnosis} from './diagnosis.ts';
import type {Mismatch} from './judgement.ts';
import type {LookState} from './looks.ts';

/**
 * Is what is not so only not done yet? It is when no rule found a mistake, or when all that was found is that something
 * is not there. What a look brings tells no more than that, as long as it is what it brought first in this step.
 */
export function isToDo(
  diagnosis: Diagnosis | undefined,
  mismatches: readonly Mismatch[],
  look: LookState | 'wanted' | undefined,
): boolean {
  if (!diagnosis) return mismatches.every(({type}) => type !== 'never');
  if (diagnosis.code === 'sql-missing') return diagnosis.facts.what !== 'column';
  if (ofTheUndone.includes(diagnosis.code)) return true;
  const isFirst = typeof look === 'object' && look.status === 'unmatched' && !look.changed;
  return diagnosis.code === 'no-connection' && isFirst;
}

/** What these say is so before anything is done. */
const ofTheUndone: readonly Diagnosis['code'][] = ['nothing-listens', 'file-missing', 'not-forced'];
