import {once} from 'node:events';
import {type Duplex, PassThrough} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {connectTo, listenOn, socketErrors} from '../database/protocol/unix-socket.ts';
import type {ProcessContext} from '../program.ts';

/** What a failed connection to a socket file comes to. */
export const socketReasons: Readonly<Record<number, string>> = {
  [socketErrors.missing]: 'No such file or directory',
  [socketErrors.refused]: 'Connection refused',
};

/** Waits for one caller at a socket file: `nc -lU /sock/app.sock`. @returns undefined when it was killed meanwhile */
export async function nextCaller(context: ProcessContext, path: string): Promise<Duplex | undefined> {
  const {promise, resolve} = Promise.withResolvers<Duplex | undefined>();
  const close = await listenOn(context.container, path, resolve);
  context.killed.addEventListener('abort', () => resolve(undefined), {once: true});
  return promise.finally(close);
}

/** Sends standard input to a connection and prints what comes back, until the other side ends. */
export async function talk({stdin, stdout, killed}: ProcessContext, socket: Duplex): Promise<void> {
  killed.addEventListener('abort', () => socket.destroy(), {once: true});
  const sending = pipeline(stdin, socket);
  sending.catch(() => {});
  await pipeline(socket, stdout, {end: false}).catch(() => {});
  socket.destroy();
}

/** Runs a program for each caller, with the connection as its input and output: socat's fork,EXEC. */
export async function answerWithProgram(
  {container, stderr, killed}: ProcessContext,
  path: string,
  argv: readonly string[],
): Promise<void> {
  const close = await listenOn(container, path, socket => {
    const output = new PassThrough();
    void pipeline(output, socket).catch(() => {});
    const {ended} = container.processes.spawn(argv, {stdin: socket, stdout: output, stderr});
    void ended.then(() => output.end());
  });
  if (!killed.aborted) await once(killed, 'abort');
  close();
}

export const dialUnix = (context: ProcessContext, path: string) => connectTo(context.container, path);
