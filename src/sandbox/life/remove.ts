import {watch} from 'node:fs';
import {rm} from 'node:fs/promises';
import {reach} from './client.ts';
import {readRunning} from './files.ts';

/**
 * Ends the process that serves a sandbox, if one does, and deletes all its files. One that cannot be asked to end does so
 * by itself when it sees that they are gone.
 */
export async function removeSandbox(directory: string, signal: AbortSignal): Promise<void> {
  const client = await reach(directory, signal).catch(() => signal.throwIfAborted());
  if (client) {
    const ended = whenEnded(directory, signal);
    await Promise.all([client.shutdown(signal), ended]);
  }
  await rm(directory, {recursive: true, force: true, maxRetries: 3});
}

/** Resolves when the process has taken away the note of where it is reached: the last thing it does. */
async function whenEnded(directory: string, signal: AbortSignal): Promise<void> {
  const {promise, resolve, reject} = Promise.withResolvers<void>();
  const look = () => readRunning(directory).then(running => running ?? resolve(), reject);
  const watcher = watch(directory, () => void look());
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, {once: true});
  void look();
  try {
    await promise;
  } finally {
    watcher.close();
    signal.removeEventListener('abort', stop);
  }
}
