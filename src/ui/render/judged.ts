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
  if (isLook && verdict === 'off-track')
    return {key: `look/${waitingFor}`, lines: judgedLines({...judgement, mismatches: []}, step, context)};
  if (verdict !== 'converging' || diagnosis) {
    const lines = judgedLines(judgement, step, context);
    return {key: lines.join('\n'), lines};
  }
  const countdown = countdownText(judgement, step, now, context);
  // A look that is still under way has nothing to say yet.
  const isSilent = countdown === undefined ? mismatches.length === 0 : context.live;
  const said = countdown ? wrap(`… ${countdown}`, context.width()) : judgedLines(judgement, step, context);
  return {key: `converging/${waitingFor}`, lines: isSilent ? [] : said};
}

/** The verdict with its reason: the diagnosis and its proof, or what is not so. */
export function judgedLines(judgement: Judgement, step: string, context: TextContext): string[] {
  const {messages, style} = context;
  const {verdict, diagnosis, mismatches, waitingFor = ''} = judgement;
  const mark = {
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
  const isUntold = (one: Mismatch) => ['output', 'expression'].includes(one.type) || isOfEvent(one);
  const named = mismatches.every(isUntold) && !diagnosis;
  const reasons = [
    ...(named && waitingFor ? [messages.words.notYet(milestoneName(waitingFor, text))] : []),
    ...(diagnosis
      ? [sayDiagnosis(diagnosis, messages)]
      : mismatches
          .filter(isReadable)
          .slice(0, 3)
          .map(mismatch => sayMismatch(mismatch, messages))),
  ];
  const prefix = reasons.length > 0 && isOnlyToDo(judgement) ? '' : messages.words.verdicts[verdict];
  const [first = messages.words.verdicts[verdict], ...rest] = wrap(
    [prefix, reasons.join('; ')].filter(Boolean).join(': '),
    context.width() - 2,
  );
  const proof = diagnosis?.proof
    ? diagnosis.proof.split('\n').flatMap(line => wrap(line, context.width() - 4))
    : [];
  return [
    `${mark[verdict]} ${first}`,
    ...rest.map(line => `  ${line}`),
    ...(proof.length > 0 ? [style.dim(`  ${messages.words.proof}:`)] : []),
    ...proof.map(line => style.dim(`    ${line}`)),
  ];
}

/** An expression that is no comparison says nothing to a learner; the milestone's own sentence does. */
const isReadable = (mismatch: Mismatch) =>
  !isOfEvent(mismatch) && (mismatch.type !== 'expression' || mismatch.wanted !== 'true');

/** Events do not change: one that does not match is another one, and nothing is wrong with it. */
const isOfEvent = (mismatch: Mismatch) => 'about' in mismatch && mismatch.about.kind === 'events';

/** Something has not been made or written yet: no mistake was seen, so the reason stands alone. */
const isOnlyToDo = ({verdict, mismatches, diagnosis}: Judgement) =>
  verdict === 'off-track' &&
  (diagnosis
    ? diagnosis.code === 'sql-missing' && diagnosis.facts.what !== 'column'
    : mismatches.every(
        one =>
          one.type === 'missing' ||
          one.type === 'output' ||
          (one.type === 'field' && one.found === undefined),
      ));

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
