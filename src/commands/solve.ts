import type {Emit} from '../engine/events.ts';
import {exitCodes} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import type {App} from './app.ts';
import {Background} from './background.ts';
import {patience} from './fast-forward.ts';
import {bringImages} from './images.ts';
import {withJournalIfFree} from './journal-if-free.ts';
import {openSession, recordPlace, startRun} from './session.ts';
import {solveStep} from './solve-step.ts';

/**
 * Does the current step in the learner's place, and waits until it is reached.
 * @returns the exit code: reached, not reached, cannot tell
 */
export const solveLab = (app: App, lab: Lab): Promise<number> =>
  withJournalIfFree(app, lab, async journal => {
    const session = await openSession(app, lab, {create: false});
    const {clock, outside, view} = app;
    try {
      if (journal) await recordPlace(session, journal);
      const {promise: outcome, resolve} = Promise.withResolvers<number>();
      const render = view.run(lab, session.directory, () => run.variables);
      const background = new Background();
      const emit: Emit = event => {
        background.follow(event);
        if ('step' in event && event.step !== first) return;
        if (event.type !== 'step') render(event);
        if (event.type === 'reached' || event.type === 'skipped') resolve(exitCodes.reached);
      };
      const {run, driving} = startRun(session, journal, emit);
      const first = run.step?.id;
      const enough = new AbortController();
      const giveUp = () =>
        resolve(run.judgement?.verdict === 'cannot-tell' ? exitCodes.cannotTell : exitCodes.notReached);
      clock.at(clock.now() + patience, giveUp, AbortSignal.any([enough.signal, outside.signal]));
      try {
        const {step} = run;
        if (!step) return exitCodes.reached;
        await bringImages(session, render, outside.signal);
        const {send} = driving;
        await solveStep({session, run, send, emit, background, signal: outside.signal}, step);
        return await Promise.race([outcome, driving.finished.then(() => exitCodes.reached)]);
      } finally {
        enough.abort();
        await background.end();
        await driving.stop();
      }
    } finally {
      await session.close();
    }
  });
