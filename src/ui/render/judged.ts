import type {Judgement, Mismatch} from '../../checks/judgement.ts';
import type {StepText} from '../../lab/lab.ts';
import {fillIn} from '../../lab/variables.ts';
import type {Millis} from '../../world/object.ts';
import {sayDiagnosis, sayMismatch} from '../messages/messages.ts';
import {wrap} from '../wrap.ts';
import type {TextContext} from './context.ts';

/**
 * What of a judgement is new to somebody who was told `before`. What only takes time is said once: a terminal counts
 * it down in place, elsewhere it is a line.
 */
export function newsOf(
  judgement: Judgement,
  step: string,
  now: Millis,
  context: TextContext,
): {key: string; lines: string[]} {
  const {verdict, diagnosis, waitingFor, mismatches} = judgement;
  // What programs answer changes with every look; that it is not what is waited for is said once.
  const isLook = mismatches.every(({type}) => type === 'output') && !diagnosis;
  if (isLook && verdict === 'off-track') {
    const lines = isUnderWay(judgement) ? [] : judgedLines({...judgement, mismatches: []}, step, context);
    return {key: `look/${waitingFor}/${lines.length}`, lines};
  }
  if (verdict !== 'converging' || diagnosis) {
    const lines = judgedLines(judgement, step, context);
    return {key: lines.join('\n'), lines};
  }
  const countdown = countdownText(judgement, step, now, context);
  const isSilent = countdown === undefined ? isUnderWay(judgement) : context.live;
  const said = countdown ? wrap(`… ${countdown}`, context.width()) : judgedLines(judgement, step, context);
  return {key: `converging/${waitingFor}`, lines: isSilent ? [] : said};
}

/** A look that was asked for, and has brought nothing yet. */
export const isUnderWay = ({verdict, mismatches, diagnosis, waitingFor}: Judgement): boolean =>
  verdict !== 'reached' && waitingFor !== undefined && mismatches.length === 0 && !diagnosis;

/** The verdict with its reason: the diagnosis and its proof, or what is not so. */
export function judgedLines(judgement: Judgement, step: string, context: TextContext): string[] {
  const {messages, style} = context;
  const {verdict, todo, diagnosis, mismatches, waitingFor = ''} = judgement;
  const marks = {
    reached: style.good('✓'),
    converging: style.warn('…'),
    'off-track': style.bad('✗'),
    'dead-end': style.bad('✗'),
    'cannot-tell': style.warn('?'),
  };
  const asked = mismatches.some(({type}) => type === 'no-answer-yet');
  if (asked) {
    const isChoice = context.lab.steps.find(({id}) => id === step)?.type === 'predict';
    return wrap(isChoice ? messages.words.chooseHere : messages.words.answerHere, context.width());
  }
  const text = context.lab.texts[context.language].steps[step];
  const isUntold = (one: Mismatch) => ['output', 'expression'].includes(one.type) || !isReadable(one);
  const byMilestone = mismatches.every(isUntold) && !diagnosis;
  const milestone = milestoneName(waitingFor, text);
  const awaited = verdict === 'converging' ? milestone : messages.words.notYet(milestone); // "on the way" says it
  const reasons = [
    ...(byMilestone && waitingFor ? [awaited] : []),
    ...(diagnosis
      ? [sayDiagnosis(diagnosis, messages)]
      : mismatches
          .filter(isReadable)
          .slice(0, 3)
          .map(mismatch => sayMismatch(mismatch, messages))),
  ];
  const named = todo ? messages.words.yourTurn : messages.words.verdicts[verdict];
  const prefix = todo && reasons.length > 0 ? '' : named;
  const [first = named, ...rest] = wrap(
    [prefix, reasons.join('; ')].filter(Boolean).join(': '),
    context.width() - 2,
  );
  const proof = diagnosis?.proof
    ? diagnosis.proof.split('\n').flatMap(line => wrap(line, context.width() - 4))
    : [];
  return [
    `${todo ? style.bold('▸') : marks[verdict]} ${first}`,
    ...rest.map(line => `  ${line}`),
    ...(proof.length > 0 ? [style.dim(`  ${messages.words.proof}:`)] : []),
    ...proof.map(line => style.dim(`    ${line}`)),
  ];
}

/**
 * An expression that is no comparison says nothing to a learner, nor does a piece of a manifest; the milestone's own
 * sentence does.
 */
const isReadable = (mismatch: Mismatch) =>
  !isOfEvent(mismatch) &&
  (mismatch.type !== 'expression' || mismatch.wanted !== 'true') &&
  (mismatch.type !== 'field' || typeof mismatch.wanted !== 'object');

/** Events do not change: one that does not match is another one, and nothing is wrong with it. */
const isOfEvent = (mismatch: Mismatch) => 'about' in mismatch && mismatch.about.kind === 'events';

/** What is being waited for, how long it usually takes and why; undefined when nothing is. */
export function countdownText(
  judgement: Judgement,
  step: string,
  now: Millis,
  context: TextContext,
): string | undefined {
  const {countdown} = judgement;
  if (!countdown) return undefined;
  const {words} = context.messages;
  const text = context.lab.texts[context.language].steps[step]?.because[countdown.because];
  const because = fillIn(text ?? countdown.because, context.variables());
  const left = Math.ceil((countdown.until - now) / 1000);
  return left >= 0 ? words.countdown(because, left) : words.overdue(because, -left);
}

/** What the lab's text calls a milestone. */
export const milestoneName = (id: string, text: StepText | undefined): string =>
  text?.milestones[id] ?? id.replaceAll('-', ' ');
