import type {Look, Milestone} from './schema.ts';

/** The look that a milestone takes, for its probe or for its answer; undefined when the objects say it all. */
export function lookOf({probe, answer}: Pick<Milestone, 'probe' | 'answer'>): Look | undefined {
  return probe?.look ?? (answer && 'from' in answer ? answer.from : undefined);
}
