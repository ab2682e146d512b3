import {type Duplex, duplexPair, PassThrough} from 'node:stream';
import {setTimeout} from 'node:timers/promises';
import {onTestFinished} from 'vitest';
import {createContainerFiles} from '../../../../../src/sandbox/kubelet/containers/container-files.ts';
import {createProcessTable} from '../../../../../src/sandbox/kubelet/containers/process-table.ts';
import {NetworkError} from '../../../../../src/sandbox/network/pod-network.ts';
import {mariadbImage} from '../../../../../src/sandbox/programs/database/mariadb-image.ts';
import type {
  ExitStatus,
  Image,
  RunningContainer,
  Signal,
} from '../../../../../src/sandbox/programs/program.ts';
import {type ManualClock, manualClock} from '../../manual-clock.ts';

export interface TestContainer {
  container: RunningContainer;
  clock: ManualClock;
  /** Starts a program of the image; the first one is pid 1. */
  start(argv: readonly string[], how?: {env?: Record<string, string>; tty?: boolean}): TestProcess;
  /** Runs a program to its end. */
  run(
    argv: readonly string[],
    how?: {stdin?: string; env?: Record<string, string>},
  ): Promise<ExitStatus & {stdout: string; stderr: string}>;
  /** A connection from outside of the Pod, as a port-forward makes it. */
  dial(port?: number): Duplex;
}

export interface TestProcess {
  ended: Promise<ExitStatus>;
  stdin: PassThrough;
  /** Both outputs so far. */
  said(): string;
  /** From the node's kernel: SIGKILL ends pid 1, too. */
  signal(signal: Signal): void;
  /** Lets time pass until the text is in its output. */
  says(text: string): Promise<void>;
}

export interface ContainerOptions {
  /** The real directory on /var/lib/mysql; none: no volume. */
  volume?: string;
  image?: Image;
  clock?: ManualClock;
  files?: Record<string, string>;
}

/** A container with real files and processes, alone in its network under the name db. */
export async function databaseContainer({
  volume,
  image = mariadbImage,
  clock = manualClock(),
  files = {},
}: ContainerOptions = {}): Promise<TestContainer> {
  const listeners = new Map<number, (socket: Duplex, from: string) => void>();
  const dial = (port = 3306, from = '10.42.0.9') => {
    const listener = listeners.get(port);
    if (!listener) throw new NetworkError('ECONNREFUSED', 'refused');
    const [client, server] = duplexPair();
    listener(server, from);
    return client;
  };
  const mounts =
    volume === undefined
      ? []
      : [{path: '/var/lib/mysql', hostPath: volume, volumeRoot: volume, readOnly: false, filesystem: 'ext4'}];
  const processes = createProcessTable({
    image,
    env: {...image.env},
    workingDirectory: '/',
    clock,
    container: () => container,
    report: error => {
      throw error;
    },
  });
  const container: RunningContainer = {
    hostname: 'db-0',
    podName: 'db-0',
    namespace: 'default',
    ...(await createContainerFiles(image, files, mounts)),
    mounts,
    network: {
      ip: '10.42.0.5',
      listen(port, onConnection) {
        listeners.set(port, onConnection);
        return () => void listeners.delete(port);
      },
      async connect(host, port) {
        if (!['127.0.0.1', 'db'].includes(host)) throw new NetworkError('ENOTFOUND', 'no such name');
        return dial(port, host === 'db' ? '10.42.0.7' : host);
      },
      resolve: () => [],
    },
    processes,
  };
  onTestFinished(() => processes.signalFromOutside(1, 'SIGKILL'));
  const start: TestContainer['start'] = (argv, {env = {}, tty = false} = {}) => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    const said: string[] = [];
    for (const stream of [stdout, stderr]) stream.on('data', chunk => said.push(String(chunk)));
    const {pid, ended} = processes.spawn(argv, {
      stdin,
      stdout,
      stderr,
      env: {...image.env, ...env},
      ...(tty && {tty: {columns: 80, rows: 24, onResize: () => {}}}),
    });
    return {
      ended,
      stdin,
      said: () => said.join(''),
      signal: signal => processes.signalFromOutside(pid, signal),
      async says(text) {
        // files are real: they take the computer's own time
        for (let turn = 0; turn < 5000 && !said.join('').includes(text); turn++) {
          await clock.advance(50);
          await setTimeout(2);
        }
        if (!said.join('').includes(text))
          throw new Error(`never said ${JSON.stringify(text)}, but\n${said.join('')}`);
      },
    };
  };
  return {
    container,
    clock,
    start,
    async run(argv, {stdin: input = '', env = {}} = {}) {
      const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
      const texts = {stdout: [] as string[], stderr: [] as string[]};
      stdout.on('data', chunk => texts.stdout.push(String(chunk)));
      stderr.on('data', chunk => texts.stderr.push(String(chunk)));
      stdin.end(input);
      const {ended} = processes.spawn(argv, {stdin, stdout, stderr, env: {...image.env, ...env}});
      return {...(await ended), stdout: texts.stdout.join(''), stderr: texts.stderr.join('')};
    },
    dial,
  };
}

/** Starts the entrypoint as pid 1 and waits until its server is ready. Root's password is `secret`. */
export async function startedServer(
  on: TestContainer,
  env: Record<string, string> = {},
): Promise<TestProcess> {
  const passwords = {MARIADB_ROOT_PASSWORD: 'secret', MYSQL_ROOT_PASSWORD: 'secret'};
  const server = on.start(['docker-entrypoint.sh'], {env: {...passwords, ...env}});
  await server.says('port: 3306');
  return server;
}

/** What the client prints for SQL, in batch mode. */
export async function sql(on: TestContainer, statements: string, ...options: string[]): Promise<string> {
  const client = on.container.processes.programNames.includes('mariadb') ? 'mariadb' : 'mysql';
  const {stdout, stderr} = await on.run([client, ...options], {
    stdin: statements,
    env: {MYSQL_PWD: 'secret'},
  });
  return stdout + stderr;
}
