import {homedir} from 'node:os';
import {fileURLToPath} from 'node:url';
import {realClock} from './clock.ts';
import {languageOfArgs} from './command-line/options.ts';
import {runProgram} from './command-line/program.ts';
import {exitCodes, interrupted, isExpected} from './errors.ts';
import type {Outside} from './outside.ts';
import {ownDirectory} from './own-directory.ts';
import {messagesIn} from './ui/messages/messages.ts';
import {createView} from './ui/view.ts';

/** Builds the real outside, runs the command line, and says how it ended. @returns the exit code */
export async function main(args: readonly string[], version: string): Promise<number> {
  const outside = realOutside();
  const language = languageOfArgs(args, outside);
  try {
    return await runProgram(args, outside, version);
  } catch (error) {
    const expected = isExpected(error)
      ? error
      : outside.signal.aborted && isExpected(outside.signal.reason)
        ? outside.signal.reason
        : undefined;
    if (expected) {
      createView({
        outside,
        options: {json: args.includes('--json'), yes: false},
        language,
        clock: realClock,
      }).error(expected);
      return expected.exitCode;
    }
    const {words} = messagesIn(language);
    outside.stderr.write(
      `${words.bug}\nstatelab ${version}, Node.js ${process.versions.node}, ${process.platform}\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return exitCodes.bug;
  }
}

/** The process as it is. SIGINT and its like abort one signal, which everything that waits was given. */
function realOutside(): Outside {
  const {stdin, stdout, stderr, env, platform} = process;
  const stop = new AbortController();
  let others = 0;
  const end = () => stop.abort(interrupted());
  process.on('SIGINT', () => others === 0 && end());
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  // A reader that went away (| head) is no bug of ours.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') end();
    else throw error;
  });
  const own = ownDirectory(env, fileURLToPath(new URL('..', import.meta.url)));
  return {
    stdin,
    stdout,
    stderr,
    columns: () => stdout.columns ?? 80,
    env,
    home: homedir(),
    platform,
    signal: stop.signal,
    async whileAnother(run) {
      others += 1;
      try {
        return await run();
      } finally {
        others -= 1;
      }
    },
    ...(own === undefined ? {} : {ownDirectory: own}),
    self: [
      process.execPath,
      fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './cli.ts' : './cli.js', import.meta.url)),
    ],
  };
}
