import type {Judgement, Reached} from '../checks/judgement.ts';
import type {Step} from '../lab/schema.ts';
import type {KubeObject, Millis} from '../world/object.ts';
import type {EngineEvent, PodState, SkipReason} from './events.ts';
import type {Output} from './input-output.ts';
import type {JournalEntry} from './journal.ts';

/** What a run tells whoever looks on, and what it writes down of it. It only collects: `take` hands all of it out. */
export class Telling {
  readonly #lab: string;
  readonly #outputs: Output[] = [];

  constructor(lab: string) {
    this.#lab = lab;
  }

  /** Everything since the last call, in its order. */
  take(): Output[] {
    return this.#outputs.splice(0);
  }

  add(...outputs: readonly Output[]): void {
    this.#outputs.push(...outputs);
  }

  opened({id: step, type: kind, command}: Step, index: number, total: number, at: Millis): void {
    const event = {type: 'step', at, lab: this.#lab, step, index, total, kind} as const;
    this.#tell(command === undefined ? event : {...event, command});
    this.#write({type: 'step-opened', at, step});
  }

  judged(step: string, judgement: Judgement, at: Millis): void {
    this.#tell({type: 'judged', at, lab: this.#lab, step, ...judgement});
  }

  /** @param remembered what the milestone kept, by the name it is kept under */
  milestone(
    step: string,
    {milestone, at: seenAt, object}: Reached,
    remembered: {name: string; object: KubeObject} | undefined,
    at: Millis,
  ): void {
    const about = object?.metadata.name;
    this.#tell({
      type: 'milestone',
      at,
      lab: this.#lab,
      step,
      milestone,
      seenAt,
      ...(about ? {object: about} : {}),
    });
    const kept = remembered ? {remember: remembered} : {};
    this.#write({type: 'milestone', at: seenAt, step, milestone, ...kept});
  }

  rewound(step: string, at: Millis): void {
    this.#tell({type: 'rewound', at, lab: this.#lab, step});
    this.#write({type: 'rewound', at, step});
  }

  reached(step: string, by: 'learner' | 'solve', at: Millis): void {
    this.#tell({type: 'reached', at, lab: this.#lab, step, verdict: 'reached', by});
    this.#write({type: 'step-reached', at, step, by});
  }

  skipped(step: string, why: SkipReason, at: Millis): void {
    this.#tell({type: 'skipped', at, lab: this.#lab, step, why});
    this.#write({type: 'step-skipped', at, step, why});
  }

  /** @param wanted the option that comes true, of a prediction */
  answered(step: string, answer: {answer: string; right: boolean}, at: Millis, wanted?: string): void {
    this.#tell({type: 'answered', at, lab: this.#lab, step, ...answer, ...(wanted ? {wanted} : {})});
    this.#write({type: 'answered', at, step, ...answer});
  }

  compared(step: string, answer: string, wanted: string, at: Millis): void {
    this.#tell({type: 'compared', at, lab: this.#lab, step, answer, wanted, right: answer === wanted});
  }

  hint(step: string, hint: number, of: number, at: Millis): void {
    this.#tell({type: 'hint', at, lab: this.#lab, step, hint, of});
    this.#write({type: 'hinted', at, step, hint});
  }

  /** @param outage as it was measured: where the cluster's time goes faster, more of that went by */
  outage(step: string, outage: Millis, speed: number, at: Millis): void {
    const seconds = Math.round((outage * speed) / 100) / 10;
    this.#tell({type: 'outage', at, lab: this.#lab, step, seconds, ...(speed === 1 ? {} : {speed})});
  }

  pod(step: string, pod: PodState & {age: Millis}, at: Millis): void {
    this.#tell({type: 'pod', at, lab: this.#lab, step, ...pod});
  }

  #tell(event: EngineEvent): void {
    this.#outputs.push({type: 'event', event});
  }

  #write(entry: JournalEntry): void {
    this.#outputs.push({type: 'record', entry});
  }
}
