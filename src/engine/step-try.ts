import type {Evidence} from '../checks/attempt.ts';
import {judgeStep, type StepJudgement} from '../checks/judge.ts';
import type {Reached} from '../checks/judgement.ts';
import type {LookState} from '../checks/looks.ts';
import type {Scene} from '../checks/select.ts';
import type {Step} from '../lab/schema.ts';
import {fillInAll, type Variables} from '../lab/variables.ts';
import type {KubeObject, Millis} from '../world/object.ts';
import type {Progress} from './progress.ts';

/** What a judgement is made from, beside the step and the world. */
export interface Seen {
  variables: Variables;
  looks: ReadonlyMap<string, LookState>;
  evidence: Evidence;
  /** Codes of diagnoses that are no news now. */
  expected: readonly string[];
}

/** A judgement, and what of it was not so the last time. */
export interface Judged extends StepJudgement {
  /** What the step had reached is gone, so it starts over. */
  rewound: boolean;
  /** The milestones reached since the last judgement, with what each remembered. */
  news: {reached: Reached; remembered?: {name: string; object: KubeObject}}[];
}

/** The learner's try at the current step: since when what happens counts, and which milestones are written down. */
export class StepTry {
  #since: Millis;
  #latched: readonly Reached[];
  #recorded: Set<string>;

  constructor({began = 0, latched}: Pick<Progress, 'began' | 'latched'>) {
    this.#since = began;
    this.#latched = latched;
    this.#recorded = new Set(latched.map(({milestone}) => milestone));
  }

  get since(): Millis {
    return this.#since;
  }

  judge(step: Step, scene: Scene, seen: Seen, now: Millis): Judged {
    const {variables, looks, evidence, expected} = seen;
    const filled = {
      ...step,
      milestones: fillInAll(step.milestones, variables),
      expected: [...step.expected, ...expected],
    };
    const attempt = {step: filled, since: this.#since, latched: this.#latched, looks, evidence};
    const judged = judgeStep(attempt, scene, now);
    const rewound = judged.since > this.#since;
    if (rewound) this.#begin(judged.since);
    const fresh = judged.reached.filter(({milestone}) => !this.#recorded.has(milestone));
    for (const {milestone} of fresh) this.#recorded.add(milestone);
    return {
      ...judged,
      rewound,
      news: fresh.map(reached => ({reached, ...rememberedBy(reached, step, judged)})),
    };
  }

  /** The next step's history begins where this one's last milestone came true. */
  next(cursor: Millis = this.#since): void {
    this.#begin(Math.max(this.#since, cursor));
  }

  #begin(since: Millis): void {
    this.#since = since;
    this.#latched = [];
    this.#recorded = new Set();
  }
}

function rememberedBy({milestone}: Reached, step: Step, {remembered}: StepJudgement) {
  const name = step.milestones.find(({id}) => id === milestone)?.remember;
  const object = name === undefined ? undefined : remembered[name];
  return name !== undefined && object ? {remembered: {name, object}} : {};
}
