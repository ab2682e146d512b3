import {
  isRight,
  type LookState,
  probeMismatches,
  requestsOf,
  rightAnswers,
  rightFromObjects,
  tellingLines,
} from '../checks/looks.ts';
import {evidenceKey, isCrashing} from '../checks/rules/crash-loop.ts';
import {containersOf, isLeaving} from '../checks/rules/rule.ts';
import {inLab, type Scene} from '../checks/select.ts';
import {looksOf} from '../lab/look-of.ts';
import type {Milestone} from '../lab/schema.ts';
import {fillInAll, type Variables} from '../lab/variables.ts';
import type {WorldChange} from '../world/change.ts';
import {type Millis, refOf} from '../world/object.ts';
import type {LookAnswer, LookRequest} from './ports.ts';

export type LookOutput =
  | {type: 'look'; key: string; requests: LookRequest[]}
  | {type: 'wake'; at: Millis}
  | {type: 'cancel-looks'};

/** What came of the requests of a look: every answer, or why they could not be asked. */
export type LookResult = {key: string} & ({answers: LookAnswer[]} | {cause: unknown});

/** Pauses between the tries of one probe, in milliseconds. */
const pauses = [300, 500, 1000, 2000, 3000, 5000];
/** The last of them goes on for so many tries; then each pause is twice the one before. */
const patientTries = 60;
/** Whoever comes back after an hour is not to wait longer than that, in milliseconds. */
const longestPause = 60_000;

/** The pause after a number of tries: a probe is never given up, since nobody knows when its answer changes. */
function pauseAfter(tries: number): Millis {
  const last = pauses.at(-1) ?? longestPause;
  if (tries < patientTries) return pauses[tries - 1] ?? last;
  return Math.min(last * 2 ** (tries - patientTries + 1), longestPause);
}
/** A probe that could not be asked so often in a row says so. */
const maxFailures = 3;

/** Which question is open: the probe or answer that the current step waits for. One at a time. */
export class Looker {
  readonly looks = new Map<string, LookState>();
  readonly evidence = new Map<string, string>();
  /** By milestone. */
  readonly #heardFirst = new Map<string, string>();
  readonly #asked = new Set<string>();
  #current: {milestone: Milestone; key: string} | undefined;
  #wanted: string | undefined;
  #pendingEvidence = 0;
  #count = 0;
  #tries = 0;
  #failures = 0;
  #nextAt: Millis = 0;
  #news = false;
  #given: {answer: string} | 'any' | undefined;
  /** What was right when the cluster last could tell: a log may be gone by the time the learner answers. */
  #right: string[] = [];
  /** Were the right answers already looked for, before there was one to judge? */
  #foreseen = false;
  #judged: {answer: string; right: boolean} | undefined;

  get busy(): boolean {
    return this.#current !== undefined || this.#pendingEvidence > 0;
  }

  /** Asks for the milestone, unless it was just asked. */
  want(milestone: Milestone, scene: Scene, variables: Variables, now: Millis): LookOutput[] {
    if (this.#current) return [];
    if (this.#wanted !== milestone.id) this.#begin(milestone.id);
    if (milestone.answer && 'value' in milestone.answer)
      return this.#wantObjectAnswer(milestone, rightFromObjects(milestone.answer, scene, variables), now);
    if (milestone.answer && this.#given === undefined) {
      if (this.#right.length > 0 || (this.#foreseen && !this.#news)) return [];
      this.#foreseen = true;
    }
    if ((milestone.probe || this.#failures > 0) && !this.#news) {
      if (now < this.#nextAt) return [{type: 'wake', at: this.#nextAt}];
    }
    this.#news = false;
    const requests = looksOf(milestone).flatMap(look => requestsOf(look, scene, variables));
    const key = `${milestone.id}#${++this.#count}`;
    this.#current = {milestone: fillInAll(milestone, variables), key};
    if (requests.length > 0) return [{type: 'look', key, requests}];
    this.looked({key, answers: []}, now);
    return [{type: 'wake', at: this.#nextAt}];
  }

  /** The objects can be read at any time, so an answer is judged as soon as it is there, without a look. */
  #wantObjectAnswer(milestone: Milestone, right: string[], now: Millis): LookOutput[] {
    if (this.#given === undefined) return [];
    this.#judgeGiven(milestone, right, now);
    return [{type: 'wake', at: now}];
  }

  /** The logs that a diagnosis needs as its proof: of containers that ended with an error, once for each time. */
  wantEvidence(step: {expected: string[]}, scene: Scene): LookOutput[] {
    if (step.expected.includes('crash-loop')) return [];
    return inLab({kind: 'pods'}, scene).flatMap(pod =>
      containersOf(pod)
        .filter(container => isCrashing(container) && !isLeaving(pod))
        .flatMap(container => {
          const asked = evidenceKey(pod, container);
          const key = `evidence:${asked}`;
          if (this.#asked.has(asked)) return [];
          this.#asked.add(asked);
          this.#pendingEvidence += 1;
          const previous = container.state?.terminated === undefined;
          const request: LookRequest = {
            type: 'log',
            pod: refOf('pods', pod),
            container: container.name,
            previous,
            tailLines: 60,
          };
          return [{type: 'look', key, requests: [request]} as const];
        }),
    );
  }

  looked(result: LookResult, now: Millis): void {
    if (result.key.startsWith('evidence:')) return this.#keepEvidence(result);
    if (this.#current?.key !== result.key) return;
    const {milestone} = this.#current;
    this.#current = undefined;
    this.#tries += 1;
    this.#nextAt = now + pauseAfter(this.#tries);
    if ('cause' in result) return this.#failed(milestone, result.cause);
    this.#failures = 0;
    if (milestone.probe) this.#judgeProbe(milestone, result.answers, now);
    else this.#judgeAnswer(milestone, result.answers, now);
  }

  /** The learner's answer; it is judged against the cluster by the next look. */
  answer(answer: string): void {
    this.#given = {answer};
    this.#current = undefined;
    this.#news = true;
  }

  /** Take any right answer as the learner's: for `solve`. */
  answerForLearner(): void {
    this.#given = 'any';
    this.#current = undefined;
  }

  /** The answer that was judged last, once. */
  takeAnswer(): {answer: string; right: boolean} | undefined {
    const judged = this.#judged;
    this.#judged = undefined;
    return judged;
  }

  acted(): void {
    this.#tries = 0;
    this.#news = true;
  }

  changed({type, watch}: WorldChange): void {
    if (watch.kind === 'pods' && (type === 'put' || type === 'deleted')) this.#news = true;
  }

  /** Another step, or the same from its start: what was asked is of no use any more. */
  reset(): LookOutput[] {
    this.looks.clear();
    this.#heardFirst.clear();
    for (const key of this.#asked) if (!this.evidence.has(key)) this.#asked.delete(key);
    this.#pendingEvidence = 0;
    this.#current = undefined;
    this.#begin(undefined);
    this.#given = undefined;
    this.#right = [];
    this.#foreseen = false;
    this.#judged = undefined;
    return [{type: 'cancel-looks'}];
  }

  /** Tries and pauses are counted for one question. */
  #begin(milestone: string | undefined): void {
    this.#wanted = milestone;
    this.#tries = 0;
    this.#failures = 0;
    this.#nextAt = 0;
  }

  #judgeProbe(milestone: Milestone, answers: LookAnswer[], now: Millis): void {
    const mismatches = milestone.probe ? probeMismatches(milestone.probe, answers) : [];
    if (mismatches.length === 0) this.looks.set(milestone.id, {status: 'matched', at: now});
    else this.#unmatched(milestone, {mismatches, ...(answers.length === 0 ? {nothing: true} : {})});
  }

  #judgeAnswer(milestone: Milestone, answers: LookAnswer[], now: Millis): void {
    if (!milestone.answer || !('find' in milestone.answer)) return;
    const found = rightAnswers(milestone.answer, answers);
    if (found.length > 0) this.#right = found;
    this.#judgeGiven(milestone, this.#right, now);
  }

  #judgeGiven(milestone: Milestone, right: readonly string[], now: Millis): void {
    const given = this.#given;
    this.#given = undefined;
    if (given === undefined || !milestone.answer) return;
    if (right.length === 0) return this.#unmatched(milestone, {mismatches: [], nothing: true});
    const answer = given === 'any' ? (right[0] ?? '') : given.answer;
    const isSo = isRight(milestone.answer, answer, right);
    this.#judged = {answer, right: isSo};
    if (isSo) this.looks.set(milestone.id, {status: 'matched', at: now});
    else this.#unmatched(milestone, {mismatches: [], wrongAnswer: answer});
  }

  #unmatched(milestone: Milestone, state: Omit<Extract<LookState, {status: 'unmatched'}>, 'status'>): void {
    const heard = JSON.stringify(state.mismatches);
    const first = this.#heardFirst.get(milestone.id) ?? heard;
    // That there was nobody to ask is no answer.
    if (!state.nothing) this.#heardFirst.set(milestone.id, first);
    const changed = heard === first ? {} : {changed: true};
    this.looks.set(milestone.id, {status: 'unmatched', ...state, ...changed});
  }

  #failed(milestone: Milestone, cause: unknown): void {
    this.#failures += 1;
    if (milestone.probe ? this.#failures >= maxFailures : this.#given !== undefined)
      this.looks.set(milestone.id, {status: 'failed', cause});
  }

  #keepEvidence(result: LookResult): void {
    this.#pendingEvidence -= 1;
    const text = 'cause' in result ? '' : result.answers.map(answer => answer.text).join('\n');
    this.evidence.set(result.key.slice('evidence:'.length), tellingLines(text));
  }
}
