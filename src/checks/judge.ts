import type {Milestone} from '../lab/schema.ts';
import {secondsOf} from '../lab/usual-seconds.ts';
import type {KubeObject, Millis} from '../world/object.ts';
import {current} from '../world/world.ts';
import type {Attempt} from './attempt.ts';
import type {Diagnosis} from './diagnosis.ts';
import type {Judgement, Mismatch, Reached} from './judgement.ts';
import type {LookState} from './looks.ts';
import {historyOf, type MilestoneHistory, turnOf} from './milestone.ts';
import {diagnose, explainLoss} from './rules.ts';
import {mentionedBy, neededBy, type Remembered, recall, type Scene} from './select.ts';
import {clipped, isOpen, overlap, type Span} from './spans.ts';
import {isToDo} from './to-do.ts';
import type {Verdict} from './verdict.ts';

export interface StepJudgement {
  judgement: Judgement;
  /** The milestones reached so far, in order. */
  reached: Reached[];
  /** All that is remembered, with what these milestones added. */
  remembered: Remembered;
  /** Later than the attempt's, when what a milestone remembered was lost and the step starts over. */
  since: Millis;
  /** The time of the newest milestone: the next step's history begins here. */
  cursor: Millis;
  /** The milestone whose look has to be taken now. */
  look?: Milestone;
  /** When time alone may change the judgement. */
  wakeAt?: Millis;
}

/** What the learner should see for one step, now. Pure: the same history gives the same judgement. */
export function judgeStep(attempt: Attempt, scene: Scene, now: Millis): StepJudgement {
  let {since} = attempt;
  for (;;) {
    const chain = follow(attempt, since, scene, now);
    const lostAt = lostWithin(attempt, chain, since, scene);
    if (lostAt === undefined || lostAt <= since) return conclude(attempt, chain, since, scene, now);
    since = lostAt;
  }
}

interface Waiting {
  milestone: Milestone;
  mismatches: Mismatch[];
  look?: LookState | 'wanted';
  dueAt?: Millis;
}
interface Chain {
  reached: Reached[];
  remembered: Remembered;
  cursor: Millis;
  waiting?: Waiting;
}

/** Goes through the milestones in their order, as far as the history from `since` on leads. */
function follow(attempt: Attempt, since: Millis, scene: Scene, now: Millis): Chain {
  const chain: Chain = {reached: [], remembered: scene.remembered, cursor: since};
  const states: {milestone: Milestone; history: MilestoneHistory}[] = [];
  const kept: Reached[] = [];
  let windows: Span[] = [{from: since, to: Number.POSITIVE_INFINITY}];
  const notNow = () => states.find(({history}) => !isOpen(history.spans.at(-1)));
  const wait = (waiting: Waiting): Chain => {
    const earlier = notNow();
    return {
      ...chain,
      waiting: earlier ? {milestone: earlier.milestone, ...waitingOf(earlier.history)} : waiting,
    };
  };

  for (const milestone of attempt.step.milestones) {
    const here: Scene = {...scene, remembered: chain.remembered};
    const latched =
      since === attempt.since ? attempt.latched.find(one => one.milestone === milestone.id) : undefined;
    if (latched && (milestone.seen !== undefined || milestone.probe)) {
      remember(chain, milestone, latched.object);
      chain.reached.push(latched);
      continue;
    }
    if (milestone.probe || milestone.answer) {
      const look = since === attempt.since ? attempt.looks.get(milestone.id) : undefined;
      if (look?.status !== 'matched' || notNow())
        return wait({milestone, mismatches: lookMismatches(milestone, look), look: look ?? 'wanted'});
      // What was so before, while the look still found something else, has not brought the step here.
      chain.cursor = Math.max(chain.cursor, windows.at(-1)?.from ?? since);
      chain.reached.push({milestone: milestone.id, at: look.at});
      continue;
    }
    const history = milestone.kept
      ? keptHistory(milestone.kept, here, since)
      : historyOf(milestone, here, chain.cursor, now);
    if (!history) continue;
    const lasts = milestone.seen === undefined;
    if (lasts) states.push({milestone, history});
    windows = lasts
      ? overlap(clipped(windows, chain.cursor), history.spans)
      : clipped(windows, history.spans[0]?.from ?? 0);
    const at = lasts ? windows[0]?.from : history.spans[0]?.from;
    if (at === undefined || windows.length === 0) return wait({milestone, ...waitingOf(history)});
    if (milestone.kept) {
      kept.push({milestone: milestone.id, at});
      continue;
    }
    const object = history.objectAt(at);
    chain.cursor = at;
    remember(chain, milestone, object);
    chain.reached.push({milestone: milestone.id, at, ...(object ? {object} : {})});
  }
  // An object may have been made anew since it was first so: what is remembered is the one that is so with all the rest.
  for (const {milestone, history} of states)
    if (milestone.match !== undefined && !isNeeded(milestone.remember, attempt.step))
      remember(chain, milestone, history.objectAt(chain.cursor));
  // That something was kept can only be said at the end.
  chain.reached.push(...kept.map(one => ({...one, at: chain.cursor})));
  return chain;
}

function lookMismatches({id, answer}: Milestone, look: LookState | undefined): Mismatch[] {
  if (look?.status === 'unmatched') return look.mismatches;
  return answer && look?.status !== 'failed' ? [{type: 'no-answer-yet', milestone: id}] : [];
}

const waitingOf = ({mismatches, dueAt}: MilestoneHistory) => ({
  mismatches: mismatches(),
  ...(dueAt === undefined ? {} : {dueAt}),
});

function remember(chain: Chain, milestone: Milestone, object: KubeObject | undefined): void {
  if (milestone.remember && object) chain.remembered = {...chain.remembered, [milestone.remember]: object};
}

/** Does a milestone of the step speak of what another one remembered? */
const isNeeded = (name: string | undefined, {milestones}: Attempt['step']) =>
  name !== undefined &&
  milestones.some(milestone => milestone.remember !== name && mentionedBy(milestone).has(name));

/** An object that is to be kept was there from the beginning until it was gone. */
function keptHistory(name: string, scene: Scene, since: Millis): MilestoneHistory {
  const track = scene.world.track(recall(name, scene)?.metadata.uid ?? '');
  const end = track?.versions.find(version => version.object === undefined)?.at;
  const spans =
    track && (end === undefined || end > since) ? [{from: since, to: end ?? Number.POSITIVE_INFINITY}] : [];
  return {spans, objectAt: () => undefined, mismatches: () => []};
}

/**
 * When an object was lost that this very step remembered and that has to be there still: the waiting milestone needs it,
 * or it is what a state that lasts was so of. Undefined when none was.
 */
function lostWithin(
  {step, since: begin}: Attempt,
  {waiting, reached, remembered}: Chain,
  since: Millis,
  {world}: Scene,
): Millis | undefined {
  if (!waiting) return undefined;
  const needed = neededNow(waiting.milestone);
  const names = step.milestones.flatMap(({id, match, remember}) => {
    const lasts = match !== undefined && reached.some(({milestone}) => milestone === id);
    return remember !== undefined && (lasts || `$${remember}` === needed) ? [remember] : [];
  });
  const losses = names.flatMap(name => {
    const uid = recall(`$${name}`, {remembered})?.metadata.uid;
    if (uid === undefined) return [];
    const track = world.track(uid);
    // One that an earlier session remembered and this one never saw was lost before anything that this one saw.
    if (!track) return since === begin ? [since + 1] : [];
    return current(track) === undefined ? (track.versions.at(-1)?.at ?? []) : [];
  });
  return losses.length > 0 ? Math.max(...losses) : undefined;
}

/** An answer may be known from before the object was lost. */
const neededNow = (milestone: Milestone) => (milestone.answer ? undefined : neededBy(milestone));

function conclude(attempt: Attempt, chain: Chain, since: Millis, scene: Scene, now: Millis): StepJudgement {
  const {waiting, ...progress} = chain;
  if (!waiting) return {...progress, since, judgement: {verdict: 'reached', mismatches: []}};
  const {milestone, mismatches, look, dueAt} = waiting;
  const here: Scene = {...scene, remembered: chain.remembered};
  const expectedEnd = milestone.expect
    ? Math.max(chain.cursor, since) + secondsOf(milestone.expect.within) * 1000
    : undefined;
  const later: Millis[] = [];
  const context = {attempt, milestone, mismatches, scene: here, since, now, expectedEnd, look, later};
  const lost = lostForGood(milestone, here);
  const diagnosis = lost ? explainLoss(lost, context) : diagnose(context);
  const verdict = diagnosis?.verdict ?? plainVerdict(milestone, mismatches, look);
  const until = dueAt ?? expectedEnd;
  const wakeAt = [dueAt, expectedEnd && 2 * expectedEnd - chain.cursor, ...later].filter(
    time => time !== undefined && time > now,
  );
  return {
    ...progress,
    since,
    judgement: {
      verdict,
      ...(verdict === 'off-track' && isToDo(diagnosis, mismatches, look) ? {todo: true} : {}),
      waitingFor: milestone.id,
      mismatches,
      ...(diagnosis ? {diagnosis} : {}),
      ...(milestone.expect && until !== undefined && verdict === 'converging'
        ? {countdown: {because: milestone.expect.because, since: chain.cursor, until}}
        : {}),
    },
    ...(look !== undefined ? {look: milestone} : {}),
    ...(wakeAt.length > 0 ? {wakeAt: Math.min(...(wakeAt as number[]))} : {}),
  };
}

function plainVerdict(milestone: Milestone, mismatches: Mismatch[], look: Waiting['look']): Verdict {
  if (look !== undefined && look !== 'wanted' && look.status === 'failed') return 'cannot-tell';
  return turnOf(milestone, mismatches) === 'learner' ? 'off-track' : 'converging';
}

/** What an earlier step remembered and this one needs is gone: it cannot come back under the same UID. */
function lostForGood(milestone: Milestone, scene: Scene): Diagnosis | undefined {
  const name = neededNow(milestone);
  const object = name ? recall(name, scene) : undefined;
  if (!name || !object) return undefined;
  const track = scene.world.track(object.metadata.uid);
  if (track && current(track)) return undefined;
  const kind = milestone.object?.kind ?? track?.kind ?? 'pods';
  const {name: called, uid, namespace} = object.metadata;
  return {
    code: 'object-gone',
    facts: {remembered: called},
    object: {kind, name: called, uid, ...(namespace === undefined ? {} : {namespace})},
    path: 'metadata.uid',
    verdict: 'dead-end',
  };
}
