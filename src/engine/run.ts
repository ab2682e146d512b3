import type {StepJudgement} from '../checks/judge.ts';
import type {Judgement} from '../checks/judgement.ts';
import {longestOutage} from '../checks/outage.ts';
import type {Scene} from '../checks/select.ts';
import type {Lab} from '../lab/lab.ts';
import type {Capabilities} from '../lab/needs.ts';
import type {Step} from '../lab/schema.ts';
import {fillInAll, type Variables} from '../lab/variables.ts';
import type {WatchTarget} from '../world/change.ts';
import type {KubeObject, Millis} from '../world/object.ts';
import {World} from '../world/world.ts';
import type {SkipReason} from './events.ts';
import type {Input, Output} from './input-output.ts';
import {LearnersRecord} from './learners-record.ts';
import {Looker} from './looker.ts';
import {whySkipped} from './needs.ts';
import type {Progress} from './progress.ts';
import {type Judged, StepTry} from './step-try.ts';
import {Telling} from './telling.ts';
import {PodTimeline} from './timeline.ts';
import {learnersTurn, whileBlind} from './without-milestones.ts';

export interface RunOptions {
  lab: Lab;
  namespace: string;
  watched: readonly WatchTarget[];
  /** ${names} that do not come from milestones: worker1, image.db, … */
  variables: Variables;
  capabilities: Capabilities;
  progress: Progress;
  /** How many times faster than real time the cluster goes. Without it: as fast. */
  speed?: number;
}

/**
 * The state machine of one learner's run of one lab. It does nothing itself: inputs come in with the time,
 * outputs go out, and the same inputs give the same outputs.
 */
export class Run {
  readonly world: World;
  readonly #options: RunOptions;
  readonly #looker = new Looker();
  readonly #telling: Telling;
  readonly #timeline = new PodTimeline();
  readonly #try: StepTry;
  readonly #record: LearnersRecord;
  #index: number;
  /** When the current step was opened; undefined before. */
  #openedAt: Millis | undefined;
  #remembered: Record<string, KubeObject>;
  /** What was before nobody saw. */
  #watchedFrom: Millis | undefined;
  #judgement: Judgement | undefined;
  #goOn = false;
  #imagesLoading = false;
  #by: 'learner' | 'solve' = 'learner';

  constructor(options: RunOptions) {
    const {lab, progress, watched} = options;
    this.#options = options;
    this.world = new World(watched);
    this.#index =
      progress.current === undefined
        ? lab.steps.length
        : lab.steps.findIndex(({id}) => id === progress.current);
    this.#telling = new Telling(lab.id);
    this.#try = new StepTry(progress);
    this.#remembered = {...progress.remembered};
    this.#record = new LearnersRecord(progress);
  }

  /** Undefined when the lab is through. */
  get step(): Step | undefined {
    return this.#options.lab.steps[this.#index];
  }

  get judgement(): Judgement | undefined {
    return this.#judgement;
  }

  /** Everything that ${names} stand for, now. */
  get variables(): Variables {
    return {...this.#options.variables, ...this.#remembered};
  }

  /** Is a look under way whose answer may change the judgement? */
  get looking(): boolean {
    return this.#looker.busy;
  }

  /** The scene that judgements are made from. */
  get scene(): Scene {
    return {world: this.world, namespace: this.#options.namespace, remembered: this.#remembered};
  }

  handle(input: Input, now: Millis): Output[] {
    switch (input.type) {
      case 'world':
        this.world.apply(input.change);
        this.#followPods(now);
        this.#looker.changed(input.change);
        break;
      case 'looked':
        this.#looker.looked(input, now);
        this.#tellAnswer(now);
        break;
      case 'answered':
        this.#answer(input.answer, now);
        break;
      case 'answer-for-learner':
        if (this.step?.right !== undefined) this.#answer(this.step.right, now);
        else this.#looker.answerForLearner();
        break;
      case 'next':
        this.#goOn = this.step?.type === 'look';
        break;
      case 'skip':
        this.#skip('learner', now);
        break;
      case 'hint':
        this.#hint(now);
        break;
      case 'solving':
        this.#by = 'solve';
        break;
      case 'acted':
        this.#looker.acted();
        break;
      case 'images':
        this.#imagesLoading = input.loading;
        break;
      case 'time':
        break;
    }
    this.#advance(now);
    return this.#telling.take();
  }

  /** Judges, and goes from step to step as long as they are reached. */
  #advance(now: Millis): void {
    if (!this.world.settled) return;
    this.#watchedFrom ??= now;
    for (let {step} = this; step; {step} = this) {
      const skipped = whySkipped(step, this.#options.capabilities);
      if (skipped) {
        this.#skip(skipped, now);
        continue;
      }
      if (this.#openedAt === undefined) this.#open(step, now);
      if (this.world.blind) return this.#tell(step, whileBlind(this.world.blind, this.#judgement), now);
      const judged = this.#judge(step, now);
      if (judged.judgement.verdict !== 'reached' || !this.#mayLeave(step))
        return this.#stay(step, judged, now);
      this.#reach(step, judged, now);
    }
  }

  #judge(step: Step, now: Millis): Judged {
    const {looks, evidence} = this.#looker;
    const expected = this.#imagesLoading ? ['image-not-pulled'] : [];
    const seen = {variables: this.#options.variables, looks, evidence, expected};
    const judged = this.#try.judge(step, this.scene, seen, now);
    if (judged.rewound) {
      this.#telling.add(...this.#looker.reset());
      this.#telling.rewound(step.id, now);
    }
    for (const {reached, remembered} of judged.news)
      this.#telling.milestone(step.id, reached, remembered, now);
    return judged;
  }

  /** A look or predict step ends when the learner says so, not when the cluster does. */
  #mayLeave = ({type}: Step) => (type !== 'look' && type !== 'predict') || this.#goOn;

  #stay(step: Step, judged: StepJudgement, now: Millis): void {
    const scene = {...this.scene, remembered: judged.remembered};
    const looked = judged.look
      ? this.#looker.want(judged.look, scene, {...this.variables, ...judged.remembered}, now)
      : [];
    this.#telling.add(...looked, ...this.#looker.wantEvidence(step, scene));
    this.#tellAnswer(now);
    if (judged.wakeAt !== undefined) this.#telling.add({type: 'wake', at: judged.wakeAt});
    this.#tell(step, judged.judgement.verdict === 'reached' ? learnersTurn(step) : judged.judgement, now);
  }

  #reach(step: Step, judged: StepJudgement, now: Millis): void {
    this.#tellOutage(step, judged, now);
    this.#remembered = {...judged.remembered};
    this.#try.next(judged.cursor);
    this.#telling.reached(step.id, this.#by, now);
    if (step.type === 'do') this.#compare(now);
    this.#leave();
  }

  #tellOutage(step: Step, {remembered, reached}: StepJudgement, now: Millis): void {
    if (!step.outage) return;
    const outage = fillInAll(step.outage, this.#options.variables);
    const since = Math.max(this.#try.since, this.#watchedFrom ?? now);
    const until = Math.max(since, ...reached.map(({at}) => at));
    const longest = longestOutage(outage, {...this.scene, remembered}, since, until);
    this.#telling.outage(step.id, longest, this.#options.speed ?? 1, now);
  }

  /** The prediction made right before this step, beside what has come true. */
  #compare(now: Millis): void {
    const before = this.#options.lab.steps[this.#index - 1];
    const answer = before && this.#record.predicted(before);
    if (before?.right === undefined || answer === undefined) return;
    this.#telling.compared(before.id, answer, before.right, now);
  }

  #skip(why: SkipReason, now: Millis): void {
    const {step} = this;
    if (!step) return;
    this.#telling.skipped(step.id, why, now);
    this.#try.next();
    this.#leave();
  }

  #leave(): void {
    this.#index += 1;
    this.#openedAt = undefined;
    this.#judgement = undefined;
    this.#goOn = false;
    this.#by = 'learner';
    this.#telling.add(...this.#looker.reset());
  }

  #open(step: Step, now: Millis): void {
    this.#openedAt = now;
    this.#telling.opened(step, this.#index + 1, this.#options.lab.steps.length, now);
    this.#followPods(now);
  }

  #tell(step: Step, judgement: Judgement, now: Millis): void {
    if (JSON.stringify(judgement) === JSON.stringify(this.#judgement)) return;
    this.#judgement = judgement;
    this.#telling.judged(step.id, judgement, now);
  }

  #answer(given: string, now: Millis): void {
    const {step} = this;
    if (!step) return;
    if (step.type !== 'predict') return this.#looker.answer(given);
    const answer = this.#record.predict(step, given);
    if (answer === undefined) return;
    this.#telling.answered(step.id, {answer, right: answer === step.right}, now, step.right);
    this.#goOn = true;
  }

  #tellAnswer(now: Millis): void {
    const judged = this.#looker.takeAnswer();
    if (judged && this.step) this.#telling.answered(this.step.id, judged, now);
  }

  #hint(now: Millis): void {
    const {step} = this;
    const hint = step && this.#record.nextHint(step);
    if (step && hint !== undefined) this.#telling.hint(step.id, hint, step.hints, now);
  }

  #followPods(now: Millis): void {
    const {step} = this;
    if (!step?.timeline || this.#openedAt === undefined) return;
    const {namespace} = this.#options;
    for (const pod of this.#timeline.news(this.world, namespace, step.timeline, this.#openedAt))
      this.#telling.pod(step.id, pod, now);
  }
}
