import {execFileSync, spawn, spawnSync} from 'node:child_process';
import {existsSync, openSync} from 'node:fs';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as later} from 'node:timers/promises';

const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** Why this machine cannot have a second Docker engine; empty when it can. */
export const withoutEngine: string[] = [
  ...(process.platform === 'linux' && process.getuid?.() === 0 ? [] : ['root on Linux']),
  ...['dockerd', 'unshare', 'nsenter', 'ip'].filter(program => !has(program)),
];

/**
 * A Docker engine that holds nothing yet, on a machine of its own: there is no network, not even this machine's. On the
 * same machine the second engine would take the first one's bridge for its own, or away.
 */
export interface Engine {
  env: {DOCKER_HOST: string};
  /** Puts a command on that machine. */
  there(command: readonly string[]): string[];
  end(): Promise<void>;
}

export async function startEngine(): Promise<Engine> {
  const directory = await mkdtemp(join(tmpdir(), 'statelab-engine-'));
  const socket = join(directory, 'docker.sock');
  const log = openSync(join(directory, 'log'), 'w');
  const options = ['--data-root', join(directory, 'data'), '--exec-root', join(directory, 'exec')];
  const child = spawn(
    'unshare',
    [
      ...['--net', 'sh', '-c', 'ip link set lo up && exec dockerd "$@"', 'dockerd', ...options],
      ...['--pidfile', join(directory, 'pid'), '--host', `unix://${socket}`, ...runtimes()],
    ],
    {stdio: ['ignore', log, log]},
  );
  const ended = new Promise<void>(resolve => child.on('close', () => resolve()));
  const env = {DOCKER_HOST: `unix://${socket}`};
  const answers = () =>
    existsSync(socket) && spawnSync('docker', ['version'], {env: {...process.env, ...env}}).status === 0;
  while (!answers()) {
    if (child.exitCode !== null)
      throw new Error(`dockerd does not start: ${await readFile(join(directory, 'log'), 'utf8')}`);
    await later(200); // dockerd says nowhere else that it is up
  }
  return {
    env,
    there: command => ['nsenter', '--net', '--target', `${child.pid}`, ...command],
    async end() {
      const left = execFileSync('docker', ['ps', '--all', '--quiet'], {env: {...process.env, ...env}});
      const containers = left.toString().split('\n').filter(Boolean);
      if (containers.length > 0)
        spawnSync('docker', ['rm', '--force', '--volumes', ...containers], {env: {...process.env, ...env}});
      child.kill('SIGTERM');
      await ended;
      await rm(directory, {recursive: true, force: true});
    },
  };
}

/** The second engine runs containers as the first does. */
function runtimes(): string[] {
  const format = '{{.DefaultRuntime}} {{range $name, $one := .Runtimes}}{{$name}}={{$one.Path}} {{end}}';
  const {stdout} = spawnSync('docker', ['info', '--format', format], {encoding: 'utf8'});
  const [usual = 'runc', ...all] = stdout.trim().split(' ');
  const path = all.find(one => one.startsWith(`${usual}=`));
  return ['runc', 'io.containerd.runc.v2'].includes(usual) || !path
    ? []
    : ['--add-runtime', path, '--default-runtime', usual];
}
