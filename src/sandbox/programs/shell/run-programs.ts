import {PassThrough, Readable} from 'node:stream';
import type {Command, ResolvedCommandContext} from 'just-bash';
import {type ProcessContext, ProgramNotFound, type SpawnOptions} from '../program.ts';
import {controlCommands} from './control-script.ts';

/** `exec program`: the shell's process goes on as the program. */
export const becoming = (context: ProcessContext, input: () => Readable): Command => ({
  name: controlCommands.exec,
  execute: async (argv, {cwd, exportedEnv = {}}) => {
    const changes = {env: exportedEnv, workingDirectory: cwd, stdin: input()};
    return {stdout: '', stderr: '', exitCode: await context.become(argv, changes)};
  },
});

/** Runs a program with the shell's own output, and its own input unless that comes from a pipe. */
export const liveProgram = (name: string, context: ProcessContext, input?: () => Readable): Command => ({
  name,
  async execute(argv, at) {
    const {stdout, stderr, tty} = context;
    const stdin = input?.() ?? Readable.from([bytesOf(at)]);
    const exitCode = await runProgram(context, argv, at, {stdin, stdout, stderr, ...(tty && input && {tty})});
    return {stdout: '', stderr: '', exitCode};
  },
});

/** Runs a program whose output goes to a pipe, a file or a variable. */
export const collectedProgram = (name: string, context: ProcessContext): Command => ({
  name,
  async execute(args, at) {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const said = [collect(stdout), collect(stderr)] as const;
    const stdin = Readable.from([bytesOf(at)]);
    const exitCode = await runProgram(context, [name, ...args], at, {stdin, stdout, stderr});
    stdout.end();
    stderr.end();
    const [output, errors] = await Promise.all(said);
    return {
      stdout: output.toString('latin1'),
      stdoutKind: 'bytes',
      stderr: errors.toString('utf8'),
      exitCode,
    };
  },
});

async function runProgram(
  {container, killed}: ProcessContext,
  argv: readonly string[],
  {cwd, exportedEnv = {}, signal}: ResolvedCommandContext,
  io: SpawnOptions,
): Promise<number> {
  const {processes} = container;
  try {
    const {pid, ended} = processes.spawn(argv, {...io, env: exportedEnv, workingDirectory: cwd});
    const kill = () => void processes.kill(pid, 'SIGKILL');
    killed.addEventListener('abort', kill, {once: true});
    signal?.addEventListener('abort', kill, {once: true});
    const {code} = await ended;
    killed.removeEventListener('abort', kill);
    signal?.removeEventListener('abort', kill);
    return code;
  } catch (error) {
    if (!(error instanceof ProgramNotFound)) throw error;
    io.stderr.write(`sh: ${argv[0]}: not found\n`);
    return 127;
  }
}

/** just-bash keeps bytes in strings, a character each. */
const bytesOf = ({stdin}: ResolvedCommandContext) => Buffer.from(stdin as unknown as string, 'latin1');

async function collect(stream: PassThrough): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
