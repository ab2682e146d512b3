import {execa} from 'execa';

/**
 * Runs a command of a lab with its arguments as they are, never through a shell. That it fails, or is not there, is
 * an outcome like any other: the engine judges the cluster, not the command.
 */
export async function captureCommand(
  [program = '', ...args]: readonly string[],
  {cwd, env}: {cwd: string; env: Record<string, string | undefined>},
  signal: AbortSignal,
): Promise<{exitCode: number; output: string}> {
  const result = await execa(program, args, {
    cwd,
    env,
    extendEnv: false,
    cancelSignal: signal,
    reject: false,
    all: true,
    stdin: 'ignore',
  });
  signal.throwIfAborted();
  return {
    exitCode: result.exitCode ?? 127,
    output: result.all || (result.exitCode === undefined ? (result.shortMessage ?? '') : ''),
  };
}

/**
 * Starts a command that goes on by itself, such as kubectl port-forward, and waits until it has said its first line on
 * stdout: then it does what it is there for. One that ends before has failed like any other command.
 */
export async function startCommand(
  [program = '', ...args]: readonly string[],
  {cwd, env}: {cwd: string; env: Record<string, string | undefined>},
  signal: AbortSignal,
) {
  const child = execa(program, args, {
    cwd,
    env,
    extendEnv: false,
    cancelSignal: signal,
    reject: false,
    buffer: false,
    stdin: 'ignore',
  });
  const ready = Promise.withResolvers<undefined>();
  let said = '';
  let isReady = false;
  const hear = (chunk: Buffer) => {
    if (!isReady) said += chunk; // what it says later is for nobody, but has to be read
  };
  child.stderr.on('data', hear);
  child.stdout.on('data', (chunk: Buffer) => {
    hear(chunk);
    isReady ||= chunk.includes('\n');
    if (isReady) ready.resolve(undefined);
  });
  const ended = await Promise.race([ready.promise, child]);
  signal.throwIfAborted();
  return {
    exitCode: ended ? (ended.exitCode ?? 127) : 0,
    output: said || (ended?.exitCode === undefined ? (ended?.shortMessage ?? '') : ''),
    async end() {
      child.kill('SIGTERM');
      await child;
    },
  };
}
