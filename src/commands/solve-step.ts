import type {Sent} from '../engine/drive.ts';
import type {Emit} from '../engine/events.ts';
import type {Run} from '../engine/run.ts';
import {goesOn, splitCommand} from '../lab/command.ts';
import type {Step} from '../lab/schema.ts';
import {shellWord} from '../shell-word.ts';
import type {Background} from './background.ts';
import type {Session} from './session.ts';

/** What it takes to do something in the learner's place. */
export interface Doing {
  session: Session;
  run: Run;
  send: (input: Sent) => void;
  emit: Emit;
  background: Background;
  signal: AbortSignal;
}

/**
 * Does a step in the learner's place: its commands, one after the other, then its answer. Whether the step is
 * reached by that is for the engine to say.
 */
export async function solveStep(doing: Doing, step: Step): Promise<void> {
  const {send} = doing;
  send({type: 'solving'});
  for (const line of step.solve) {
    await runLine(doing, step.id, line);
    send({type: 'acted'});
  }
  if (step.type === 'predict' || step.milestones.some(({answer}) => answer))
    send({type: 'answer-for-learner'});
  if (step.type === 'look') send({type: 'next'});
}

/**
 * Runs one command line of a lab, as arguments, never through a shell. One that goes on in the background is waited
 * for until it has said its first line.
 */
export async function runLine(doing: Doing, step: string, line: string): Promise<number> {
  const {session, run, send, emit} = doing;
  const {app, lab} = session;
  const argv = splitCommand(line, run.variables);
  send({type: 'acting', command: argv.join(' ')});
  const {exitCode, output} = goesOn(line) ? await begin(doing, step, argv) : await finish(doing, argv);
  emit({
    type: 'ran',
    at: app.clock.now(),
    lab: lab.id,
    step,
    command: [...argv.map(shellWord), ...(goesOn(line) ? ['&'] : [])].join(' '),
    exitCode,
    output,
  });
  return exitCode;
}

const finish = ({session: {app, directory, env}, signal}: Doing, argv: string[]) =>
  app.commands.capture(argv, {cwd: directory, env}, signal);

async function begin({session, run, background, signal}: Doing, step: string, argv: string[]) {
  const {app, directory, env} = session;
  const started = await background.start(step, () => app.commands.start(argv, {cwd: directory, env}, signal));
  // The step may have been reached before all that its solve does was done.
  if (run.step?.id !== step) await background.end(step);
  return started;
}
