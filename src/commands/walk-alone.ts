import type {Emit} from '../engine/events.ts';
import {whySkipped} from '../engine/needs.ts';
import {ExpectedError, exitCodes} from '../errors.ts';
import type {Step} from '../lab/schema.ts';
import {solveStep} from './solve-step.ts';
import type {Walker} from './walker.ts';

/**
 * Walks without a learner at a prompt: with `auto` by the solve commands, else only looking on while somebody works
 * elsewhere. Nobody is there to answer, so a step that needs an answer ends the walk unless it is automatic.
 * @param patience milliseconds without a step reached after which it gives up
 * @returns the exit code: reached, not reached, cannot tell
 */
export async function walkAlone(
  walker: Walker,
  {auto, patience}: {auto: boolean; patience: number},
): Promise<number> {
  const {session, run, driving, emit, background, images, listen} = walker;
  const {clock, outside} = session.app;
  const {promise: given, resolve: giveUp, reject: fail} = Promise.withResolvers<number>();
  let watchdog = new AbortController();
  let acting: Promise<unknown> = Promise.resolve();

  const act = async (step: Step) => {
    if (whySkipped(step, session.capabilities)) return;
    if (auto) {
      await images;
      const {send} = driving;
      await solveStep({session, run, send, emit, background, signal: outside.signal}, step);
    } else if (step.type === 'look') driving.send({type: 'next'});
    else if (step.type !== 'do')
      throw new ExpectedError(
        'needs-answer',
        {question: step.id, flag: '--auto'},
        {exitCode: exitCodes.usage},
      );
  };

  const waitAtMost = () => {
    watchdog.abort();
    watchdog = new AbortController();
    const late = () =>
      giveUp(run.judgement?.verdict === 'cannot-tell' ? exitCodes.cannotTell : exitCodes.notReached);
    clock.at(clock.now() + patience, late, AbortSignal.any([watchdog.signal, outside.signal]));
  };

  const follow: Emit = event => {
    if (event.type !== 'step') return;
    waitAtMost();
    const step = session.lab.steps.find(({id}) => id === event.step);
    if (!step) return;
    acting = Promise.all([acting, act(step)]);
    acting.catch(fail);
  };

  listen(follow);
  waitAtMost();
  try {
    // The last step may be reached before its command has ended, which is told before the end is.
    const finished = driving.finished.then(() => Promise.race([acting, given]));
    return await Promise.race([finished.then(() => exitCodes.reached), given]);
  } finally {
    watchdog.abort();
    given.catch(() => {});
  }
}
