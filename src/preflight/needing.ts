import type {Lab} from '../lab/lab.ts';
import {looksOf} from '../lab/look-of.ts';
import type {Need} from '../lab/needs.ts';
import type {Facts} from './facts.ts';

/** The labs that ask for one of these, as a whole or in a step. */
export const labsNeeding = ({labs}: Pick<Facts, 'labs'>, ...needs: Need[]): string[] =>
  labs
    .filter(({needs: whole, steps}) => [whole, ...steps.map(step => step.needs)].some(asks(needs)))
    .map(({id}) => id);

const asks =
  (needs: readonly Need[]) =>
  (asked: Partial<Record<Need, unknown>> | undefined): boolean =>
    needs.some(need => asked?.[need] !== undefined);

/** The ports of this machine that a lab looks at. */
export const portsOf = ({steps}: Pick<Lab, 'steps'>): number[] =>
  steps.flatMap(({milestones}) =>
    milestones.flatMap(looksOf).flatMap(look => ('local' in look ? [look.local.port] : [])),
  );
