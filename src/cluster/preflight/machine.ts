import {readFile} from 'node:fs/promises';
import {hostname, release} from 'node:os';
import {join} from 'node:path';
import type {Environment} from '../../kube/program.ts';
import type {DockerUp, MachineFacts} from '../../preflight/facts.ts';
import {diskOf} from './disk.ts';
import {takenOf} from './ports.ts';

export interface MachineOptions {
  env: Environment;
  platform: NodeJS.Platform;
  /** The directory of what statelab keeps. */
  home: string;
  /** Where Linux tells of its kernel: /proc, but for tests. */
  proc: string;
}

export const limitOfInotify = 'sys/fs/inotify/max_user_instances';

/** What this machine has. Of Docker's own machine, where that is another (Docker Desktop, DOCKER_HOST), only what Docker said is known. */
export async function lookAtMachine(
  {env, platform, home, proc}: MachineOptions,
  docker: DockerUp | undefined,
  ports: readonly number[],
  signal: AbortSignal,
): Promise<MachineFacts> {
  const isHere = platform === 'linux' && docker?.kernel === release() && docker.host === hostname();
  const [homeDisk, dockerDisk, memoryFree, inotifyInstances, portsTaken] = await Promise.all([
    diskOf(home),
    isHere ? diskOf(docker.root) : undefined,
    isHere ? availableMemory(proc) : undefined,
    isHere ? numberIn(join(proc, limitOfInotify)) : undefined,
    takenOf(ports, signal),
  ]);
  const proxy = proxyOf(env);
  return {
    platform,
    root: process.getuid?.() === 0,
    ...(homeDisk ? {home: homeDisk} : {}),
    ...(dockerDisk ? {dockerDisk} : {}),
    ...(memoryFree === undefined ? {} : {memoryFree}),
    ...(inotifyInstances === undefined ? {} : {inotifyInstances}),
    ...(proxy ? {proxy} : {}),
    noProxy: env.NO_PROXY || env.no_proxy || '',
    portsTaken,
  };
}

const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/** kubectl speaks HTTPS, so a proxy for that counts first. */
const proxyOf = (env: Environment): string | undefined => proxyVariables.find(name => env[name]);

/** In bytes: what could be had without swapping. */
async function availableMemory(proc: string): Promise<number | undefined> {
  const text = await readFile(join(proc, 'meminfo'), 'utf8').catch(() => '');
  const kibibytes = /^MemAvailable:\s+(\d+) kB/m.exec(text)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

async function numberIn(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^\d+\s*$/.test(text) ? Number(text) : undefined;
}
