import {spawn} from 'node:child_process';
import {watch} from 'node:fs';
import {mkdir, open} from 'node:fs/promises';
import {basename, extname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {reach, type SandboxClient} from './client.ts';
import {sandboxFiles} from './files.ts';

/** What the process tells the one that started it. */
export type LaunchMessage = {type: 'ready'} | {type: 'busy'} | {type: 'failed'; message: string};

/** The process that serves the sandbox could not start; the message says why. */
export class LaunchFailed extends Error {
  override readonly name = 'LaunchFailed';
}

/**
 * Reaches the process that serves the sandbox in a directory; starts one, in the background, if there is none.
 * When two do this at once, one process serves both.
 * @throws LaunchFailed
 */
export async function launch(directory: string, signal: AbortSignal): Promise<SandboxClient> {
  const there = await reach(directory, signal);
  if (there) return there;
  await mkdir(directory, {recursive: true, mode: 0o700});
  const told = await start(directory, signal);
  if (told.type === 'failed') throw new LaunchFailed(told.message);
  if (told.type === 'busy') return whenRunning(directory, signal);
  const client = await reach(directory, signal);
  if (!client) throw new LaunchFailed('it ended right after its start');
  return client;
}

async function start(directory: string, signal: AbortSignal): Promise<LaunchMessage> {
  const entry = fileURLToPath(new URL(`./main${extname(import.meta.url)}`, import.meta.url));
  const log = await open(sandboxFiles(directory).log, 'a', 0o600);
  const child = spawn(process.execPath, [entry, directory], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
    cwd: directory,
    windowsHide: true,
  });
  const {promise, resolve, reject} = Promise.withResolvers<LaunchMessage>();
  const stop = () => {
    child.kill();
    reject(signal.reason);
  };
  child.once('message', message => resolve(message as LaunchMessage));
  child.once('error', reject);
  child.once('exit', code =>
    resolve({type: 'failed', message: `it ended with ${code}; ${sandboxFiles(directory).log} says more`}),
  );
  signal.addEventListener('abort', stop, {once: true});
  try {
    return await promise;
  } finally {
    // Once it serves, it outlives whoever started it.
    signal.removeEventListener('abort', stop);
    if (child.connected) child.disconnect();
    child.unref();
    await log.close();
  }
}

/** How long the process that was first may take to be ready, in milliseconds. */
const patience = 30_000;

/** Another process has the sandbox's files and is about to answer. @throws LaunchFailed when it does not */
async function whenRunning(directory: string, signal: AbortSignal): Promise<SandboxClient> {
  const late = AbortSignal.timeout(patience);
  try {
    return await answering(directory, AbortSignal.any([signal, late]));
  } catch (error) {
    signal.throwIfAborted();
    if (!late.aborted) throw error;
    throw new LaunchFailed('another process has its files and does not answer', {cause: error});
  }
}

async function answering(directory: string, signal: AbortSignal): Promise<SandboxClient> {
  const {running} = sandboxFiles(directory);
  const {promise, resolve, reject} = Promise.withResolvers<SandboxClient>();
  const look = () =>
    reach(directory, signal).then(client => {
      if (client) resolve(client);
    }, reject);
  const watcher = watch(directory, (_event, file) => {
    if (file === basename(running)) void look();
  });
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, {once: true});
  void look();
  try {
    return await promise;
  } finally {
    watcher.close();
    signal.removeEventListener('abort', stop);
  }
}
