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
