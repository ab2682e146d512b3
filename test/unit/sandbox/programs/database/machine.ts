import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Duplex, duplexPair, PassThrough} from 'node:stream';
import {setTimeout} from 'node:timers/promises';
import {InMemoryFs} from 'just-bash';
import type {SandboxClock} from '../../../../../src/sandbox/clock.ts';
import {NetworkError} from '../../../../../src/sandbox/network/pod-network.ts';
import {mariadbImage} from '../../../../../src/sandbox/programs/database/mariadb-image.ts';
import type {
  Image,
  ProcessContext,
  RunningContainer,
  Signal,
} from '../../../../../src/sandbox/programs/program.ts';
import {type ManualClock, manualClock} from '../../manual-clock.ts';

/** A directory on the host that is removed when the test ends. */
export async function volume(): Promise<AsyncDisposable & {path: string}> {
  const path = await mkdtemp(join(tmpdir(), 'volume-'));
  return {path, [Symbol.asyncDispose]: () => rm(path, {recursive: true, force: true})};
}

export interface TestContainer {
  container: RunningContainer;
  clock: ManualClock;
  /** Starts a program of the image. */
  run(
    argv: readonly string[],
    how?: {env?: Record<string, string>; stdin?: string; tty?: boolean},
  ): TestProcess;
  /** Runs a program to its end. */
  exec(
    argv: readonly string[],
    how?: {stdin?: string; env?: Record<string, string>},
  ): Promise<{code: number; stdout: string; stderr: string}>;
  /** A connection from outside, as a port-forward makes it. */
  dial(port?: number): Duplex;
}

export interface TestProcess {
  ended: Promise<number>;
  stdin: PassThrough;
  stdout(): string;
  stderr(): string;
  signal(signal: Signal): void;
  kill(): void;
  /** Lets time pass until the text is in its output. */
  says(text: string): Promise<void>;
}

/** A container with a volume on /var/lib/mysql, and a network of its own. */
export function containerOn(
  hostPath: string | undefined,
  image: Image = mariadbImage,
  clock: ManualClock = manualClock(),
): TestContainer {
  const listeners = new Map<number, (socket: Duplex, from: string) => void>();
  const dial = (port = 3306, from = '10.42.0.9') => {
    const listener = listeners.get(port);
    if (!listener) throw new NetworkError('ECONNREFUSED', 'refused');
    const [client, server] = duplexPair();
    listener(server, from);
    return client;
  };
  const mountPoint = '/var/lib/mysql';
  const container: RunningContainer = {
    hostname: 'db-0',
    podName: 'db-0',
    namespace: 'default',
    files: new InMemoryFs(
      Object.fromEntries(Object.entries(image.files).filter(([path]) => !path.endsWith('/'))),
    ),
    hostPath: async path =>
      hostPath !== undefined && path.startsWith(mountPoint)
        ? join(hostPath, path.slice(mountPoint.length))
        : undefined,
    mounts: [],
    network: {
      ip: '10.42.0.5',
      listen(port, onConnection) {
        listeners.set(port, onConnection);
        return () => void listeners.delete(port);
      },
      async connect(host, port) {
        if (!/^(127\.0\.0\.1|localhost|db|10\.42\.0\.5)$/.test(host))
          throw new NetworkError('ENOTFOUND', 'no such name');
        return dial(port, /^(127|localhost)/.test(host) ? '127.0.0.1' : '10.42.0.7');
      },
      resolve: async () => [],
    },
    processes: {
      list: () => [],
      spawn() {
        throw new Error('not here');
      },
      kill: () => false,
    },
  };
  const run: TestContainer['run'] = (argv, how = {}) => start(image, container, clock, argv, how);
  return {
    container,
    clock,
    run,
    async exec(argv, how = {}) {
      const process = run(argv, how);
      if (how.stdin === undefined) process.stdin.end();
      return {code: await process.ended, stdout: process.stdout(), stderr: process.stderr()};
    },
    dial,
  };
}

function start(
  image: Image,
  container: RunningContainer,
  clock: ManualClock & SandboxClock,
  argv: readonly string[],
  {env = {}, stdin: input, tty = false}: {env?: Record<string, string>; stdin?: string; tty?: boolean},
): TestProcess {
  const program = image.program(argv[0] ?? '');
  if (!program) throw new Error(`no ${argv[0]} in the image`);
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  if (input !== undefined) stdin.end(input);
  const said = {stdout: '', stderr: ''};
  stdout.on('data', chunk => void (said.stdout += chunk));
  stderr.on('data', chunk => void (said.stderr += chunk));
  const killed = new AbortController();
  const onSignal: ((signal: Signal) => void)[] = [];
  const context: ProcessContext = {
    argv,
    env,
    workingDirectory: '/',
    stdin,
    stdout,
    stderr,
    container,
    clock,
    onSignal: listener => void onSignal.push(listener),
    killed: killed.signal,
    ...(tty && {tty: {columns: 80, rows: 24, onResize: () => {}}}),
  };
  const ended = program(context);
  return {
    ended,
    stdin,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    signal: signal => {
      for (const listener of onSignal) listener(signal);
    },
    kill: () => killed.abort(),
    async says(text) {
      // files are real: they take the computer's own time
      for (let turn = 0; turn < 2000 && !(said.stdout + said.stderr).includes(text); turn++) {
        await clock.advance(50);
        await setTimeout(2);
      }
      if (!(said.stdout + said.stderr).includes(text))
        throw new Error(`never said ${JSON.stringify(text)}, but\n${said.stdout}${said.stderr}`);
    },
  };
}

/** A server that is ready on port 3306, with root's password `secret`. */
export async function startedServer(
  on: TestContainer,
  env: Record<string, string> = {MARIADB_ROOT_PASSWORD: 'secret', MYSQL_ROOT_PASSWORD: 'secret'},
): Promise<TestProcess> {
  const server = on.run(['docker-entrypoint.sh'], {env});
  await server.says('port: 3306');
  return server;
}

/** Ends a server as kill -9 does. */
export async function crash(server: TestProcess): Promise<void> {
  server.kill();
  await server.ended;
}

export const closed = (socket: Duplex) => once(socket, 'close');
