import type {EngineEvent} from '../engine/events.ts';
import type {Input} from '../engine/input-output.ts';
import type {Journal} from '../engine/journal.ts';
import {exitCodes} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import type {App} from './app.ts';
import {withJournalIfFree} from './journal-if-free.ts';
import {openSession, recordPlace, type Session, startRun} from './session.ts';

export interface CheckOptions {
  /** Answers the step's question. */
  answer?: string;
  /** Milliseconds to wait until the step is reached; 0 looks once. */
  wait: number;
}

/** How long one look at the cluster may take before what is known by then is the judgement, in milliseconds. */
const lookTime = 15_000;

/**
 * Judges the current step once, or until it is reached. Progress is written down, unless a run in another terminal
 * does that already.
 * @returns the exit code: reached, not reached, cannot tell
 */
export const checkLab = (app: App, lab: Lab, options: CheckOptions): Promise<number> =>
  withJournalIfFree(app, lab, async journal => {
    const session = await openSession(app, lab, {create: false});
    try {
      if (journal) await recordPlace(session, journal);
      return await judgeOnce(session, journal, options);
    } finally {
      await session.close();
    }
  });

async function judgeOnce(
  session: Session,
  journal: Journal | undefined,
  {answer, wait}: CheckOptions,
): Promise<number> {
  const {app, lab, directory, variables} = session;
  const {clock, outside, view} = app;
  const render = view.run(lab, directory, () => variables);
  const {promise: concluded, resolve: conclude} = Promise.withResolvers<'reached' | 'enough'>();
  let judged: Extract<EngineEvent, {type: 'judged'}> | undefined;

  const {run, driving} = startRun(session, journal, event => {
    if (!('step' in event) || event.step !== step) return;
    if (event.type === 'reached' || event.type === 'skipped') conclude('reached');
    if (event.type === 'judged') {
      judged = event;
      if (wait === 0) queueMicrotask(() => !run.looking && conclude('enough'));
    } else if (event.type !== 'step' && event.type !== 'pod') render(event);
  });
  const step = run.step?.id;
  const enough = new AbortController();
  clock.at(
    clock.now() + Math.max(wait, lookTime),
    () => conclude('enough'),
    AbortSignal.any([enough.signal, outside.signal]),
  );
  for (const input of openingInputs(run.step?.type, answer)) driving.send(input);
  try {
    const outcome = await Promise.race([concluded, driving.finished.then(() => 'reached' as const)]);
    if (outcome === 'reached') return exitCodes.reached;
    if (judged) render(judged);
    return judged?.verdict === 'cannot-tell' || !judged ? exitCodes.cannotTell : exitCodes.notReached;
  } finally {
    enough.abort();
    await driving.stop();
  }
}

/** Whoever checks a step that is only to look at has looked. */
const openingInputs = (type: string | undefined, answer: string | undefined): Input[] => [
  ...(type === 'look' ? [{type: 'next'} as const] : []),
  ...(answer === undefined ? [] : [{type: 'answered', answer} as const]),
];
