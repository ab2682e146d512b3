import type {Options} from 'execa';
import {type ErrorFacts, ExpectedError, type Reason} from '../errors.ts';

export type ProgramName = ErrorFacts['program-missing']['program'];
export type Environment = Record<string, string | undefined>;

export interface ProgramOptions {
  env: Environment;
  signal: AbortSignal;
  /** Milliseconds; without it the program may take its time. */
  timeout?: number;
  /** Called with each line of stdout and stderr as it comes. */
  progress?: (line: string) => void;
  /** Gives the program the learner's own terminal instead of capturing what it says. */
  terminal?: boolean;
}

/** How a program ended, whatever its exit code. */
export interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** Both, in the order in which they came. */
  output: string;
}

/**
 * Runs a program with its arguments as they are: no shell takes part.
 * @throws ExpectedError `program-missing`; the signal's reason; ProgramFailed when it was ended by force, and ProgramSilent
 *   by the timeout, however it takes that
 */
export async function runProgram(
  program: ProgramName,
  args: readonly string[],
  options: ProgramOptions,
): Promise<Ended> {
  const {env, signal, timeout, progress, terminal} = options;
  signal.throwIfAborted();
  const {execa} = await import('execa'); // as long to load as all of a command that runs no program
  const result = await execa(program, args, {
    env,
    extendEnv: false,
    cancelSignal: signal,
    reject: false,
    all: true,
    ...(terminal ? {stdio: 'inherit'} : {stdin: 'ignore'}),
    ...(timeout === undefined ? {} : {timeout}),
    ...(progress ? {stdout: tellLines(progress), stderr: tellLines(progress)} : {}),
  } satisfies Options);
  signal.throwIfAborted();
  if (result.code === 'ENOENT') throw new ExpectedError('program-missing', {program}, {cause: result.cause});
  const said = {
    stdout: `${result.stdout ?? ''}`,
    stderr: `${result.stderr ?? ''}`,
    output: `${result.all ?? ''}`,
  };
  if (result.timedOut && timeout !== undefined)
    throw new ProgramSilent(program, args, {exitCode: endedByForce, ...said}, timeout / 1000);
  if (result.exitCode !== undefined) return {exitCode: result.exitCode, ...said};
  throw new ProgramFailed(program, args, {exitCode: endedByForce, ...said}, result.shortMessage);
}

/** Stands for the exit code of a program that a signal or the timeout has ended, as in a shell. */
const endedByForce = 128;

/** The same for a program whose failure is one. @throws ProgramFailed */
export async function mustRun(
  program: ProgramName,
  args: readonly string[],
  options: ProgramOptions,
): Promise<Ended> {
  const ended = await runProgram(program, args, options);
  if (ended.exitCode !== 0) throw new ProgramFailed(program, args, ended);
  return ended;
}

export class ProgramFailed extends Error {
  override readonly name = 'ProgramFailed';
  readonly ended: Ended;
  /** What was run, for a report. */
  readonly command: string;

  constructor(program: string, args: readonly string[], ended: Ended, why = lastWords(ended)) {
    super(why || `${program} ended with exit code ${ended.exitCode}`);
    this.command = [program, ...args].join(' ');
    this.ended = ended;
  }
}

/** It was given a time, and has not ended within it. */
export class ProgramSilent extends ProgramFailed {
  readonly seconds: number;

  constructor(program: string, args: readonly string[], ended: Ended, seconds: number) {
    super(program, args, ended, `${program} has not answered within ${seconds} s`);
    this.seconds = seconds;
  }
}

/** Why a program has failed, as a fact: what it said itself, or for how long it said nothing. */
export const reasonFor = (error: ProgramFailed, detail = error.message): Reason =>
  error instanceof ProgramSilent ? {seconds: error.seconds} : {detail};

const lastWords = ({stdout, stderr}: Ended): string => lastLine(stderr) || lastLine(stdout);

export const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1)?.trim() ?? '';

const tellLines = (tell: (line: string) => void) =>
  function* (line: unknown): Generator<unknown, void, void> {
    tell(String(line));
    yield line;
  };
