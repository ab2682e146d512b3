import {exitCodes, interrupted} from '../errors.ts';
import {solveStep} from './solve-step.ts';
import type {Learner} from './view.ts';
import type {Walker} from './walker.ts';

/**
 * Lets the learner work at the prompt until the lab is through or they leave.
 * @returns the exit code, or the step that has to be set up again
 * @throws ExpectedError `interrupted` at Ctrl-C
 */
export async function walkWithLearner(
  {session, run, driving, emit, background}: Walker,
  learner: Learner,
): Promise<number | {redo: string}> {
  const {app, lab, directory, env} = session;
  const conversation = {
    lab,
    directory,
    env,
    variables: () => run.variables,
    step: () => run.step?.id,
    send: driving.send,
    finished: driving.finished,
  };
  for (;;) {
    const wish = await learner.converse(conversation);
    if (!wish) return exitCodes.reached;
    if (wish.type === 'interrupted') throw interrupted();
    if (wish.type === 'quit' || !run.step) return exitCodes.notReached;
    if (wish.type === 'redo') return {redo: run.step.id};
    const {send} = driving;
    await solveStep({session, run, send, emit, background, signal: app.outside.signal}, run.step);
  }
}
