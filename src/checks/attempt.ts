import type {Step} from '../lab/schema.ts';
import type {Millis} from '../world/object.ts';
import type {Reached} from './judgement.ts';
import type {LookState} from './looks.ts';

/** The telling lines of the logs of containers that ended with an error, by evidenceKey. */
export type Evidence = ReadonlyMap<string, string>;

/** One learner's try at one step. */
export interface Attempt {
  step: Step;
  /** What happened from here on counts: the time at which the step before was reached. */
  since: Millis;
  /** Milestones that an earlier session saw and wrote down. */
  latched: readonly Reached[];
  /** What the looks of this step's probes and answers came to, by milestone. */
  looks: ReadonlyMap<string, LookState>;
  evidence: Evidence;
}
