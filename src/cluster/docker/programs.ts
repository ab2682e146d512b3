import {ExpectedError} from '../../errors.ts';
import {
  type Ended,
  type Environment,
  mustRun,
  ProgramFailed,
  type ProgramName,
  type ProgramOptions,
  reasonFor,
  runProgram,
} from '../../kube/program.ts';

/** Bound to the learner's environment: DOCKER_HOST and proxies reach the program. */
export interface Docker {
  /** @throws ExpectedError `docker-down`, `program-missing`; ProgramFailed */
  docker(args: readonly string[], options: Run): Promise<Ended>;
  /** Docker's answer is wanted also when its exit code is not 0. */
  tryDocker(args: readonly string[], options: Run): Promise<Ended>;
  env: Environment;
}
export type Run = Omit<ProgramOptions, 'env'>;

export const dockerPrograms = (env: Environment): Docker => ({
  env,
  docker: withDocker('docker', env),
  async tryDocker(args, options) {
    const ended = await runProgram('docker', args, {...options, env});
    const down = ended.exitCode === 0 ? undefined : dockerDown(new ProgramFailed('docker', args, ended));
    if (down) throw down;
    return ended;
  },
});

/** Runs a program that itself needs Docker. @throws ExpectedError `docker-down`, `program-missing`; ProgramFailed */
export const withDocker =
  (program: ProgramName, env: Environment) =>
  (args: readonly string[], options: Run): Promise<Ended> =>
    mustRun(program, args, {...options, env}).catch(error => Promise.reject(dockerDown(error) ?? error));

/** @throws ExpectedError `docker-down`, `program-missing` */
export async function checkDocker({docker}: Docker, signal: AbortSignal): Promise<void> {
  const args = ['version', '--format', '{{.Server.Version}}'];
  await docker(args, {signal, timeout: 20_000}).catch(error => {
    if (!(error instanceof ProgramFailed)) throw error;
    throw new ExpectedError('docker-down', reasonFor(error), {cause: error});
  });
}

/** All say it in Docker's words. */
function dockerDown(error: unknown): ExpectedError | undefined {
  if (!(error instanceof ProgramFailed)) return undefined;
  const line = error.ended.stderr.split('\n').find(one => unreachable.test(one));
  return line === undefined
    ? undefined
    : new ExpectedError('docker-down', {detail: plainLine(line)}, {cause: error});
}
const unreachable =
  /cannot connect to the docker daemon|is the docker daemon running|error during connect|permission denied while trying to connect to the docker/i;

/** A line of a log without its colour, level and clock. */
export const plainLine = (line: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  const bare = line.replace(/\u001b\[[0-9;]*m/g, '');
  return bare.replace(/^(?:TRAC|DEBU|INFO|WARN|ERRO|FATA)\[\d+\]\s*/, '').trim();
};
