import {createHash} from 'node:crypto';
import type {ProcessContext, Program, Signal} from '../../program.ts';
import type {Flavour} from '../flavour.ts';
import {removeSocket} from '../protocol/unix-socket.ts';
import {type DataDirectory, dataDirectory} from './data-directory.ts';
import {realDirectory, withFiles} from './files-of-process.ts';
import {type FileLock, lockFile} from './lock.ts';
import {mariadbLog, mysqlLog} from './log.ts';
import {mariadbMessages} from './mariadb-messages.ts';
import {mysqlMessages} from './mysql-messages.ts';
import {pause} from './pause.ts';
import {missingFile, openServer, type RunningServer} from './running-server.ts';
import {readSettings, type Settings, UnknownOption} from './settings.ts';

/** mariadbd or mysqld: starts, serves until SIGTERM, SHUTDOWN or a kill, and stops. */
export const databaseServer = (flavour: Flavour): Program =>
  withFiles(async context => {
    const asked = stopSignal(context);
    const started = await startServer(context, flavour, context.pid);
    if (typeof started === 'number') return started;
    const by = await Promise.race([asked, started.server.shutdownAsked, killed(context)]);
    return started.stop(by);
  });

/** Resolves at the first SIGTERM, which may come before the server is ready. */
function stopSignal(context: ProcessContext): Promise<undefined> {
  return new Promise(resolve =>
    context.onSignal((signal: Signal) => {
      if (signal === 'SIGTERM' || signal === 'SIGQUIT') resolve(undefined);
    }),
  );
}

const killed = ({killed: signal}: ProcessContext) =>
  new Promise<undefined>(resolve => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), {once: true});
  });

export interface Started {
  server: RunningServer;
  /** Ends it in order; after a kill everything is just let go. @returns the exit code */
  stop(by?: string): Promise<number>;
}

/** How long a start takes on an idle machine, in simulated milliseconds. */
const startTime = 400;
const killedCode = 137;

/** @param pid for the log @returns the server when it is ready for connections, or the exit code */
export async function startServer(
  context: ProcessContext,
  flavour: Flavour,
  pid: number,
): Promise<Started | number> {
  const voice = voiceOf(context, flavour);
  const settings = await readSettings(context, flavour).catch((error: unknown) => {
    if (error instanceof UnknownOption) return error;
    throw error;
  });
  if (settings instanceof UnknownOption) {
    voice.starting(pid);
    voice.unknownOption(settings.option);
    return 1;
  }
  const directory = dataDirectory(await realDirectory(context.container, settings.datadir), flavour);
  voice.starting(pid);
  const missing = missingFile(directory);
  if (missing !== undefined) {
    voice.fileMissing(missing);
    return 1;
  }
  const lock = await waitForLock(context, flavour, voice, directory, settings);
  if (typeof lock === 'number') return lock;
  if (!(await pause(context, startTime))) {
    lock.release();
    return killedCode;
  }
  return serve(context, flavour, voice, settings, directory, lock);
}

async function serve(
  context: ProcessContext,
  flavour: Flavour,
  voice: Voice,
  settings: Settings,
  directory: DataDirectory,
  lock: FileLock,
): Promise<Started> {
  const {crashed} = await directory.start();
  const server = await openServer(context, flavour, settings, directory);
  voice.recovered(crashed, await directory.sequence(), settings);
  await directory.checkpoint();
  await server.listen();
  voice.ready(settings);
  return {
    server,
    async stop(by) {
      server.close();
      if (context.killed.aborted) {
        lock.release();
        return killedCode;
      }
      await removeSocket(context.container, settings.socket);
      voice.stopping(by, settings);
      await directory.checkpoint();
      await directory.finish();
      voice.stopped((await directory.sequence()).end);
      lock.release();
      return 0;
    },
  };
}

/** MariaDB asks for the lock again for 30 s in silence, MySQL says each second for 100 s that it is not free. */
async function waitForLock(
  context: ProcessContext,
  flavour: Flavour,
  voice: Voice,
  directory: DataDirectory,
  settings: Settings,
): Promise<FileLock | number> {
  const attempts = flavour.name === 'mariadb' ? 30 : 100;
  for (let attempt = 0; attempt <= attempts; attempt++) {
    const lock = lockFile(directory.tablespace);
    if (lock) return lock;
    voice.locked(attempt, settings);
    if (attempt < attempts && !(await pause(context, 1000))) return killedCode;
  }
  voice.lockNotFree(settings);
  return 1;
}

/** What a server says of itself, in either flavour's log. */
interface Voice {
  starting(pid: number): void;
  unknownOption(option: string): void;
  fileMissing(file: string): void;
  locked(attempt: number, settings: Settings): void;
  lockNotFree(settings: Settings): void;
  recovered(crashed: boolean, sequence: {checkpoint: number; end: number}, settings: Settings): void;
  ready(settings: Settings): void;
  stopping(by: string | undefined, settings: Settings): void;
  stopped(sequence: number): void;
}

const voiceOf = (context: ProcessContext, flavour: Flavour): Voice =>
  flavour.name === 'mariadb' ? mariadbVoice(context, flavour) : mysqlVoice(context, flavour);

function mariadbVoice({stderr, clock, container}: ProcessContext, flavour: Flavour): Voice {
  const messages = mariadbMessages(mariadbLog(stderr, clock), flavour);
  const control = ({datadir}: Settings) => `${datadir}/aria_log_control`;
  const uid = createHash('sha1').update(`${container.namespace}/${container.podName}`).digest('base64');
  return {
    starting: pid => messages.starting(pid, uid),
    unknownOption: messages.unknownOption,
    fileMissing: messages.fileMissing,
    locked: (attempt, settings) => attempt === 0 && messages.waitsForLock(control(settings)),
    lockNotFree: settings => messages.lockNotFree(control(settings)),
    recovered: (crashed, sequence, {datadir}) =>
      messages.innodbStarts(crashed, sequence, `${datadir}/`, shortStamp(clock.now())),
    ready({networking, bindAddress, port, socket}) {
      if (networking) messages.listens(bindAddress, port);
      stderr.write(messages.ready(socket, networking ? port : 0));
    },
    stopping: (by, {datadir}) => messages.stopping(by, `${datadir}/`, shortStamp(clock.now())),
    stopped: messages.stopped,
  };
}

/** 261121 14:24:30 */
const shortStamp = (time: number) => {
  const [date = '', clock = ''] = new Date(time).toISOString().slice(2, 19).split('T');
  return `${date.replaceAll('-', '')} ${clock}`;
};

function mysqlVoice({stderr, clock}: ProcessContext, flavour: Flavour): Voice {
  const messages = mysqlMessages(mysqlLog(stderr, clock), flavour);
  return {
    starting: messages.starting,
    unknownOption: messages.unknownOption,
    fileMissing: () => messages.aborting(),
    locked: () => messages.tablespaceLocked(),
    lockNotFree: () => messages.lockNotFree(),
    recovered: crashed => messages.innodbStarted(crashed),
    ready: ({networking, port, socket}) => messages.ready(socket, networking ? port : 0),
    stopping: by => messages.stopping(by),
    stopped: () => messages.stopped(),
  };
}
