import {judgeStep, type StepJudgement} from '../checks/judge.ts';
import type {Judgement, Reached} from '../checks/judgement.ts';
import {longestOutage} from '../checks/outage.ts';
import type {Scene} from '../checks/select.ts';
import {choiceOf} from '../lab/choice.ts';
import type {Lab} from '../lab/lab.ts';
import type {Capabilities} from '../lab/needs.ts';
import type {Step} from '../lab/schema.ts';
import {fillInAll, type Variables} from '../lab/variables.ts';
import type {WatchTarget} from '../world/change.ts';
import type {KubeObject, Millis} from '../world/object.ts';
import {World} from '../world/world.ts';
import type {EngineEvent, SkipReason} from './events.ts';
import type {Input, Output} from './input-output.ts';
import {Looker} from './looker.ts';
import {whySkipped} from './needs.ts';
import type {Progress} from './progress.ts';
import {PodTimeline} from './timeline.ts';

export interface RunOptions {
  lab: Lab;
  namespace: string;
  watched: readonly WatchTarget[];
  /** ${names} that do not come from milestones: worker1, image.db, … */
  variables: Variables;
  capabilities: Capabilities;
  progress: Progress;
}

/**
 * The state machine of one learner's run of one lab. It does nothing itself: inputs come in with the time,
 * outputs go out, and the same inputs give the same outputs.
 */
export class Run {
  readonly world: World;
  readonly #options: RunOptions;
  readonly #looker = new Looker();
  readonly #outputs: Output[] = [];
  readonly #timeline = new PodTimeline();
  #index: number;
  #opened = false;
  #latched: Reached[];
  #remembered: Record<string, KubeObject>;
  #recorded = new Set<string>();
  #since: Millis = 0;
  /** What was before nobody saw. */
  #watchedFrom: Millis | undefined;
  #judgement: Judgement | undefined;
  #hints: Record<string, number>;
  #answers: Record<string, string>;
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
    this.#since = progress.began ?? 0;
    this.#latched = progress.latched;
    this.#recorded = new Set(progress.latched.map(({milestone}) => milestone));
    this.#remembered = {...progress.remembered};
    this.#hints = {...progress.hints};
    this.#answers = {...progress.answers};
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
    return this.#outputs.splice(0);
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
      if (!this.#opened) this.#open(step, now);
      if (this.world.blind) return this.#blind(now);
      const judged = this.#judge(step, now);
      if (judged.judgement.verdict !== 'reached' || !this.#mayLeave(step))
        return this.#stay(step, judged, now);
      this.#reach(step, judged, now);
    }
  }

  #judge(step: Step, now: Millis): StepJudgement {
    const filled = {
      ...step,
      milestones: fillInAll(step.milestones, this.#options.variables),
      expected: this.#imagesLoading ? [...step.expected, 'image-not-pulled'] : step.expected,
    };
    const attempt = {
      step: filled,
      since: this.#since,
      latched: this.#latched,
      looks: this.#looker.looks,
      evidence: this.#looker.evidence,
    };
    const judged = judgeStep(attempt, this.scene, now);
    if (judged.since > this.#since) this.#rewind(step, judged.since, now);
    for (const one of judged.reached) this.#record(step, one, judged, now);
    return judged;
  }

  /** A look or predict step ends when the learner says so, not when the cluster does. */
  #mayLeave = ({type}: Step) => (type !== 'look' && type !== 'predict') || this.#goOn;

  #stay(step: Step, judged: StepJudgement, now: Millis): void {
    const scene = {...this.scene, remembered: judged.remembered};
    const looked = judged.look
      ? this.#looker.want(judged.look, scene, {...this.variables, ...judged.remembered}, now)
      : [];
    this.#outputs.push(...looked, ...this.#looker.wantEvidence(step, scene));
    this.#tellAnswer(now);
    if (judged.wakeAt !== undefined) this.#outputs.push({type: 'wake', at: judged.wakeAt});
    this.#tell(step, judged.judgement.verdict === 'reached' ? learnersTurn(step) : judged.judgement, now);
  }

  #reach(step: Step, judged: StepJudgement, now: Millis): void {
    this.#tellOutage(step, judged, now);
    this.#remembered = {...judged.remembered};
    this.#since = Math.max(this.#since, judged.cursor);
    this.#emit({type: 'reached', at: now, lab: this.#lab, step: step.id, verdict: 'reached', by: this.#by});
    this.#outputs.push({type: 'record', entry: {type: 'step-reached', at: now, step: step.id, by: this.#by}});
    if (step.type === 'do') this.#compare(now);
    this.#leave();
  }

  #tellOutage(step: Step, {remembered, reached}: StepJudgement, now: Millis): void {
    if (!step.outage) return;
    const outage = fillInAll(step.outage, this.#options.variables);
    const since = Math.max(this.#since, this.#watchedFrom ?? now);
    const until = Math.max(since, ...reached.map(({at}) => at));
    const longest = longestOutage(outage, {...this.scene, remembered}, since, until);
    const seconds = Math.round(longest / 100) / 10;
    this.#emit({type: 'outage', at: now, lab: this.#lab, step: step.id, seconds});
  }

  /** The prediction made right before this step, beside what has come true. */
  #compare(now: Millis): void {
    const before = this.#options.lab.steps[this.#index - 1];
    const answer = before && this.#answers[before.id];
    if (before?.right === undefined || answer === undefined) return;
    const {id: step, right: wanted} = before;
    this.#emit({type: 'compared', at: now, lab: this.#lab, step, answer, wanted, right: answer === wanted});
  }

  #skip(why: SkipReason, now: Millis): void {
    const {step} = this;
    if (!step) return;
    this.#emit({type: 'skipped', at: now, lab: this.#lab, step: step.id, why});
    this.#outputs.push({type: 'record', entry: {type: 'step-skipped', at: now, step: step.id, why}});
    this.#leave();
  }

  #leave(): void {
    this.#index += 1;
    this.#opened = false;
    this.#latched = [];
    this.#recorded.clear();
    this.#judgement = undefined;
    this.#goOn = false;
    this.#by = 'learner';
    this.#timeline.clear();
    this.#outputs.push(...this.#looker.reset());
  }

  #open(step: Step, now: Millis): void {
    this.#opened = true;
    const {command} = step;
    const {length: total} = this.#options.lab.steps;
    const base = {
      type: 'step',
      at: now,
      lab: this.#lab,
      step: step.id,
      index: this.#index + 1,
      total,
      kind: step.type,
    } as const;
    this.#emit(command === undefined ? base : {...base, command});
    this.#outputs.push({type: 'record', entry: {type: 'step-opened', at: now, step: step.id}});
    this.#followPods(now);
  }

  #rewind(step: Step, since: Millis, now: Millis): void {
    this.#since = since;
    this.#latched = [];
    this.#recorded.clear();
    this.#outputs.push(...this.#looker.reset());
    this.#emit({type: 'rewound', at: now, lab: this.#lab, step: step.id});
    this.#outputs.push({type: 'record', entry: {type: 'rewound', at: now, step: step.id}});
  }

  #record(step: Step, {milestone, at, object}: Reached, judged: StepJudgement, now: Millis): void {
    if (this.#recorded.has(milestone)) return;
    this.#recorded.add(milestone);
    const name = step.milestones.find(({id}) => id === milestone)?.remember;
    const remembered = name === undefined ? undefined : judged.remembered[name];
    const about = object?.metadata.name;
    this.#emit({
      type: 'milestone',
      at: now,
      lab: this.#lab,
      step: step.id,
      milestone,
      seenAt: at,
      ...(about ? {object: about} : {}),
    });
    this.#outputs.push({
      type: 'record',
      entry: {
        type: 'milestone',
        at,
        step: step.id,
        milestone,
        ...(name && remembered ? {remember: {name, object: remembered}} : {}),
      },
    });
  }

  /** The API cannot be seen: what was last said of the step stays, but for the verdict. */
  #blind(now: Millis): void {
    const {blind} = this.world;
    if (!this.step || !blind) return;
    const {mismatches = [], waitingFor} = this.#judgement ?? {};
    const proof = blind.cause instanceof Error ? blind.cause.message : String(blind.cause);
    this.#tell(
      this.step,
      {
        verdict: 'cannot-tell',
        mismatches,
        ...(waitingFor === undefined ? {} : {waitingFor}),
        diagnosis: {code: 'blind', facts: {since: blind.since}, proof},
      },
      now,
    );
  }

  #tell(step: Step, judgement: Judgement, now: Millis): void {
    if (JSON.stringify(judgement) === JSON.stringify(this.#judgement)) return;
    this.#judgement = judgement;
    this.#emit({type: 'judged', at: now, lab: this.#lab, step: step.id, ...judgement});
  }

  #answer(given: string, now: Millis): void {
    const {step} = this;
    if (!step) return;
    if (step.type !== 'predict') return this.#looker.answer(given);
    const answer = choiceOf(step.options ?? [], given);
    if (answer === undefined) return;
    const right = answer === step.right;
    this.#answers[step.id] = answer;
    this.#emit({
      type: 'answered',
      at: now,
      lab: this.#lab,
      step: step.id,
      answer,
      right,
      ...(step.right ? {wanted: step.right} : {}),
    });
    this.#outputs.push({type: 'record', entry: {type: 'answered', at: now, step: step.id, answer, right}});
    this.#goOn = true;
  }

  #tellAnswer(now: Millis): void {
    const judged = this.#looker.takeAnswer();
    if (!judged || !this.step) return;
    this.#emit({type: 'answered', at: now, lab: this.#lab, step: this.step.id, ...judged});
    this.#outputs.push({type: 'record', entry: {type: 'answered', at: now, step: this.step.id, ...judged}});
  }

  #hint(now: Millis): void {
    const {step} = this;
    if (!step || step.hints === 0) return;
    const hint = Math.min((this.#hints[step.id] ?? 0) + 1, step.hints);
    this.#hints[step.id] = hint;
    this.#emit({type: 'hint', at: now, lab: this.#lab, step: step.id, hint, of: step.hints});
    this.#outputs.push({type: 'record', entry: {type: 'hinted', at: now, step: step.id, hint}});
  }

  #followPods(now: Millis): void {
    const {step} = this;
    if (!step?.timeline || !this.#opened) return;
    for (const news of this.#timeline.news(this.world, this.#options.namespace, step.timeline))
      this.#emit({type: 'pod', at: now, lab: this.#lab, step: step.id, ...news});
  }

  get #lab(): string {
    return this.#options.lab.id;
  }

  #emit(event: EngineEvent): void {
    this.#outputs.push({type: 'event', event});
  }
}

/** The cluster has done its part of a look or predict step; the learner has not. */
const learnersTurn = ({id, type}: Step): Judgement =>
  type === 'look'
    ? {verdict: 'converging', mismatches: [{type: 'not-looked-yet'}]}
    : {verdict: 'off-track', mismatches: [{type: 'no-answer-yet', milestone: id}]};
