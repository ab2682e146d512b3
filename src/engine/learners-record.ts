import {choiceOf} from '../lab/choice.ts';
import type {Step} from '../lab/schema.ts';
import type {Progress} from './progress.ts';

/** What the learner has asked for and has expected, by step. */
export class LearnersRecord {
  readonly #hints: Record<string, number>;
  readonly #predictions: Record<string, string>;

  constructor({hints, answers}: Pick<Progress, 'hints' | 'answers'>) {
    this.#hints = {...hints};
    this.#predictions = {...answers};
  }

  /** The next hint, from 1; the last one again when there are no more. Undefined where there is none. */
  nextHint({id, hints}: Step): number | undefined {
    if (hints === 0) return undefined;
    const hint = Math.min((this.#hints[id] ?? 0) + 1, hints);
    this.#hints[id] = hint;
    return hint;
  }

  /** Notes what the learner expects. @returns the option, undefined where it is none */
  predict({id, options = []}: Step, given: string): string | undefined {
    const option = choiceOf(options, given);
    if (option !== undefined) this.#predictions[id] = option;
    return option;
  }

  /** What the learner expected at a predict step; undefined where nothing was. */
  predicted = ({id}: Step): string | undefined => this.#predictions[id];
}
