import {ExpectedError} from '../../errors.ts';
import {
  type Ended,
  type Environment,
  lastLine,
  mustRun,
  ProgramFailed,
  type ProgramOptions,
  runProgram,
} from '../../kube/program.ts';

/** Bound to the learner's environment: K3D_*, DOCKER_HOST and proxies reach the programs. */
export interface Programs {
  /** @throws ExpectedError `docker-down`, `program-missing`; ProgramFailed */
  k3d(args: readonly string[], options: Run): Promise<Ended>;
  docker(args: readonly string[], options: Run): Promise<Ended>;
  /** Docker's answer is wanted also when its exit code is not 0. */
  tryDocker(args: readonly string[], options: Run): Promise<Ended>;
  env: Environment;
}
export type Run = Omit<ProgramOptions, 'env'>;

/** @param nobodys a kubeconfig file that does not exist: `k3d cluster delete` tidies up in the default one, which is the learner's */
export function programs(env: Environment, nobodys: string): Programs {
  const must = (program: 'k3d' | 'docker', env: Environment) => (args: readonly string[], options: Run) =>
    mustRun(program, args, {...options, env}).catch(error => Promise.reject(dockerDown(error) ?? error));
  return {
    env,
    k3d: must('k3d', {...env, KUBECONFIG: nobodys}),
    docker: must('docker', env),
    async tryDocker(args, options) {
      const ended = await runProgram('docker', args, {...options, env});
      const down = ended.exitCode === 0 ? undefined : dockerDown(new ProgramFailed('docker', args, ended));
      if (down) throw down;
      return ended;
    },
  };
}

/** Both programs say it in Docker's words. */
function dockerDown(error: unknown): ExpectedError | undefined {
  if (!(error instanceof ProgramFailed) || !unreachable.test(error.ended.stderr)) return undefined;
  const line = error.ended.stderr.split('\n').find(one => unreachable.test(one)) ?? '';
  return new ExpectedError('docker-down', {detail: plainLine(line)}, {cause: error});
}
const unreachable =
  /cannot connect to the docker daemon|is the docker daemon running|error during connect|permission denied while trying to connect to the docker/i;

/** A line of k3d without its colour, level and clock. */
export const plainLine = (line: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  const bare = line.replace(/\u001b\[[0-9;]*m/g, '');
  return bare.replace(/^(?:TRAC|DEBU|INFO|WARN|ERRO|FATA)\[\d+\]\s*/, '').trim();
};

/** Hands on what k3d does, but not its advice on how to use a cluster: with statelab that goes another way. */
export const tellSteps = (progress: (line: string) => void) => (line: string) => {
  const step = plainLine(line);
  if (step !== line.trim() && !step.startsWith('You can now use it')) progress(step);
};

/** The line that tells the reason: k3d ends with what it did about it. */
export function reasonOf(stderr: string): string {
  const lines = stderr.split('\n');
  const reason = lines.find(line => /ERRO|FATA/.test(line)) ?? lastLine(stderr);
  return plainLine(reason);
}
