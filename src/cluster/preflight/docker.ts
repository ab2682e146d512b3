import {isExpected, type Reason} from '../../errors.ts';
import {type Environment, ProgramFailed, reasonFor, runProgram} from '../../kube/program.ts';
import type {DockerFacts} from '../../preflight/facts.ts';

/** How long Docker may take to tell of itself, in milliseconds. One that hangs does not work either. */
const answerLimit = 10_000;

/**
 * What Docker's engine says of itself and of the machine it runs on.
 * @param timeout how long it may take, in milliseconds
 */
export async function askDocker(
  env: Environment,
  signal: AbortSignal,
  timeout = answerLimit,
): Promise<DockerFacts> {
  const args = ['info', '--format', '{{json .}}'];
  try {
    const ended = await runProgram('docker', args, {env, signal, timeout});
    const info = infoFrom(ended.stdout);
    const [error] = info?.ServerErrors ?? [];
    if (ended.exitCode === 0 && !error && info?.ServerVersion) return factsOf(info);
    return failure({detail: error ?? new ProgramFailed('docker', args, ended).message});
  } catch (error) {
    signal.throwIfAborted();
    if (isExpected(error) && error.code === 'program-missing') return {state: 'missing'};
    return failure(error instanceof ProgramFailed ? reasonFor(error) : {detail: (error as Error).message});
  }
}

const failure = (why: Reason): DockerFacts =>
  'detail' in why && /permission denied/i.test(why.detail)
    ? {state: 'denied', detail: why.detail}
    : {state: 'down', ...why};

/** As of Docker 20.10: `docker info`. */
interface Info {
  ServerErrors?: string[] | null;
  ServerVersion?: string;
  CgroupVersion?: string;
  MemTotal?: number;
  Architecture?: string;
  DockerRootDir?: string;
  KernelVersion?: string;
  DriverStatus?: [string, string][] | null;
  HttpProxy?: string;
  HttpsProxy?: string;
  Name?: string;
}

function infoFrom(text: string): Info | undefined {
  try {
    return JSON.parse(text) as Info;
  } catch {
    return undefined; // it said why on stderr
  }
}

function factsOf(info: Info): DockerFacts {
  const {ServerVersion = '', MemTotal = 0, Architecture = '', DockerRootDir = '', KernelVersion = ''} = info;
  return {
    state: 'up',
    version: ServerVersion,
    cgroup: info.CgroupVersion === '1' ? '1' : '2',
    memory: MemTotal,
    architecture: Architecture,
    root: DockerRootDir,
    containerdStore: (info.DriverStatus ?? []).some(
      ([name, value]) => name === 'driver-type' && value.startsWith('io.containerd.'),
    ),
    kernel: KernelVersion,
    host: info.Name ?? '',
    proxy: Boolean(info.HttpProxy || info.HttpsProxy),
  };
}
