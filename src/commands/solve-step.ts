import type {Emit} from '../engine/events.ts';
import type {Input} from '../engine/input-output.ts';
import type {Run} from '../engine/run.ts';
import {splitCommand} from '../lab/command.ts';
import type {Step} from '../lab/schema.ts';
import type {Session} from './session.ts';

/**
 * Does a step in the learner's place: its commands, one after the other, then its answer. Whether the step is
 * reached by that is for the engine to say.
 */
export async function solveStep(
  session: Session,
  step: Step,
  run: Run,
  send: (input: Input) => void,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  send({type: 'solving'});
  for (const line of step.solve) {
    await runLine(session, step.id, line, run, emit, signal);
    send({type: 'acted'});
  }
  if (step.type === 'predict' || step.milestones.some(({answer}) => answer))
    send({type: 'answer-for-learner'});
  if (step.type === 'look') send({type: 'next'});
}

/** Runs one command line of a lab, as arguments, never through a shell. */
export async function runLine(
  session: Session,
  step: string,
  line: string,
  run: Run,
  emit: Emit,
  signal: AbortSignal,
): Promise<number> {
  const {app, lab, directory, env} = session;
  const argv = splitCommand(line, run.variables);
  const {exitCode, output} = await app.commands.capture(argv, {cwd: directory, env}, signal);
  emit({
    type: 'ran',
    at: app.clock.now(),
    lab: lab.id,
    step,
    command: argv.map(quoted).join(' '),
    exitCode,
    output,
  });
  return exitCode;
}

/** An argument as one would type it. */
const quoted = (arg: string) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", `'\\''`)}'`);
