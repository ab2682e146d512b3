import type {Look, Milestone} from './schema.ts';

/** The looks that a milestone takes, for its probe or for its answer; none when the objects say it all. */
export const looksOf = ({probe, answer}: Pick<Milestone, 'probe' | 'answer'>): Look[] =>
  probe ? [probe.look].flat() : answer && 'from' in answer ? [answer.from] : [];
