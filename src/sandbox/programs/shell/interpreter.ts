import type {Readable} from 'node:stream';
import type {Bash, BashOptions, Command, ExecOptions} from 'just-bash';
import {pauseFor} from '../pause.ts';
import type {ProcessContext} from '../program.ts';
import {systemFiles} from '../system-files.ts';
import {addControl} from './control-script.ts';
import {createJobs} from './jobs.ts';
import {liveFiles, readOnce} from './live-files.ts';
import {liveCommands, makeLive} from './live-script.ts';
import {quoted} from './quoted.ts';
import {createRedirections} from './redirections.ts';
import {becoming, collectedProgram, liveProgram} from './run-programs.ts';
import {nameVariable, renameZero} from './script-name.ts';
import {takeTurns, turn} from './take-turns.ts';
import {toolNames} from './tool-names.ts';
import {createTraps} from './traps.ts';
import {shellWords, toolWords, type Userland, userlandOf} from './wording.ts';

export interface Interpreter {
  /** Runs a script. @returns its exit code */
  run(script: string, state?: ShellState): Promise<ShellResult>;
  /** Runs one command with its arguments as they are: no shell reads them. */
  command(name: string, args: readonly string[]): Promise<ShellResult>;
  /** The script as it has to be for its output to come at once. @throws on a syntax error */
  live(script: string): string;
}

/** What lives on from one script to the next. */
export interface ShellState {
  env: Record<string, string>;
  directory: string;
}

export interface ShellResult {
  exitCode: number;
  env: Record<string, string>;
}

export interface InterpreterOptions {
  /** Commands of the shell's own, e.g. one that reads the next line. */
  commands?: readonly Command[];
  signal?: AbortSignal;
  /** $0 */
  name?: string;
  /** How its commands get all of standard input; by default they read the process's stream. */
  readAll?: () => Promise<Buffer>;
  /** Standard input of programs that have the shell's own. */
  programInput?: () => Readable;
}

/**
 * just-bash over a container: its files, its clock, its programs. Loaded when the first shell starts, because it
 * is large. Its own defences, which change globals of the whole process, stay off: a script reaches nothing but the
 * container's files, and the process is not only the shell's.
 */
export async function createInterpreter(
  context: ProcessContext,
  options: InterpreterOptions = {},
): Promise<Interpreter> {
  const {Bash, parse, serialize} = await import('just-bash');
  const {container, stdin, stdout, stderr} = context;
  const programs = new Set(container.processes.programNames);
  const userland = await userlandOf(container.files);
  const shellName = base(context.argv[0]);
  const words = (text: string) => shellWords(text, userland, programs.has(shellName) ? shellName : 'sh');
  const redirections = createRedirections(userland, programs.has(shellName) ? shellName : 'sh');
  const traps = createTraps(context);
  const input = options.programInput ?? (() => stdin);
  const readAll = options.readAll ?? readOnce(stdin);
  const signal = options.signal ? AbortSignal.any([options.signal, context.killed]) : context.killed;
  const internal: readonly Command[] = [
    ...traps.commands,
    ...redirections.commands,
    ...createJobs(context, traps.caught),
    becoming(context, input),
    liveProgram(liveCommands.alone, context, input),
    liveProgram(liveCommands.piped, context),
    turn,
    ...(options.commands ?? []),
  ];
  const bash: Bash = new Bash({
    fs: liveFiles(systemFiles(container), {
      readAll,
      stdout,
      stderr,
      words,
      commands: new Set(internal.map(({name}) => name)),
      lost: redirections.lost,
    }),
    cwd: context.workingDirectory,
    env: {...context.env, HOSTNAME: container.hostname, [nameVariable]: options.name ?? 'sh'},
    defenseInDepth: false,
    executionLimits: limits,
    processInfo: {pid: context.pid, ppid: 0, uid: 0, gid: 0},
    sleep: milliseconds => pauseFor(context.clock, milliseconds, signal),
    customCommands: [
      ...internal,
      ...toolNames.map(name => toolInWords(name, userland)),
      ...[...programs].map(name => collectedProgram(name, context)),
    ],
  } satisfies BashOptions);
  const functions = new Map<string, string>();
  const live = (script: string) => {
    const controlled = addControl(renameZero(takeTurns(parse(script))), {parse, serialize}, functions);
    return serialize(makeLive(controlled, programs));
  };
  const execute = async (script: string, how: ExecOptions): Promise<ShellResult> => {
    const result = await bash.exec(script, {...how, signal, rawScript: true});
    const atExit = traps.takeExit();
    if (atExit !== undefined && !signal.aborted)
      await bash.exec(live(atExit), {env: result.env, replaceEnv: true, signal, rawScript: true});
    // What could not be sent at once: output whose streams depend on one another.
    if (result.stdout)
      stdout.write(Buffer.from(result.stdout, result.stdoutKind === 'bytes' ? 'latin1' : 'utf8'));
    // Of a script that was ended from outside, the shell would only say so.
    if (result.stderr && !signal.aborted) stderr.write(words(result.stderr));
    return {exitCode: result.exitCode, env: result.env};
  };
  return {
    live,
    async run(script, state) {
      let text: string;
      try {
        text = live(script);
      } catch (error) {
        stderr.write(`${shellName}: syntax error: ${(error as Error).message}\n`);
        return {exitCode: 2, env: {}};
      }
      return execute(text, state ? {env: state.env, replaceEnv: true, cwd: state.directory} : {});
    },
    command: (name, args) => execute(live([name, ...args].map(quoted).join(' ')), {}),
  };
}

/** A container may run for days: what just-bash counts over a whole script must never run out. */
const limits = {
  maxCommandCount: Number.MAX_SAFE_INTEGER,
  maxLoopIterations: Number.MAX_SAFE_INTEGER,
  maxWorkUnits: Number.MAX_SAFE_INTEGER,
  maxExecutionTimeMs: 2 ** 31 - 1,
  maxOutputSize: Number.MAX_SAFE_INTEGER,
  maxInputBytes: Number.MAX_SAFE_INTEGER,
  maxLiveBytes: Number.MAX_SAFE_INTEGER,
  maxTraversalWork: Number.MAX_SAFE_INTEGER,
};

/** One of just-bash's own commands, with the words that the image's would use. */
const toolInWords = (name: string, userland: Userland): Command => ({
  name,
  async execute(args, {origCommand}) {
    const result = await origCommand?.([...args]);
    if (!result) return {stdout: '', stderr: `${name}: not there\n`, exitCode: 127};
    return {...result, stderr: toolWords(result.stderr, userland)};
  },
});

const base = (path = '') => path.slice(path.lastIndexOf('/') + 1);
