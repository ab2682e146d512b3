import type {Readable, Writable} from 'node:stream';
import {type RawData, WebSocket} from 'ws';
import {nodeProtocol} from './control.ts';

/** Where the process that serves a sandbox is, and what it takes to be let in. */
export interface SandboxAddress {
  port: number;
  /** PEM. */
  authority: string;
  token: string;
}

/** What the program on the node reads and writes. */
export interface NodeCommandStreams {
  /** Without it the program finds the end of its input at once. */
  stdin?: Readable;
  stdout: Writable;
  stderr: Writable;
  /** The terminal that stdin and stdout are. */
  terminal?: Terminal;
}

export interface Terminal {
  columns?: number;
  rows?: number;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

/** The first byte of each message says which stream it belongs to. */
const channel = {stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255};

/**
 * Runs a program on a node, over a WebSocket in the protocol of Kubernetes' exec.
 * @param path of the machine's exec
 * @returns the program's exit code
 * @throws Error with the sandbox's own words when it refuses, or ends meanwhile
 */
export async function runNodeCommand(
  {port, authority, token}: SandboxAddress,
  path: string,
  command: readonly string[],
  streams: NodeCommandStreams,
  signal: AbortSignal,
): Promise<number> {
  signal.throwIfAborted();
  const query = new URLSearchParams(command.map((word): [string, string] => ['command', word]));
  if (streams.stdin) query.set('stdin', 'true');
  if (streams.terminal) query.set('tty', 'true');
  const socket = new WebSocket(`wss://127.0.0.1:${port}${path}?${query}`, [nodeProtocol], {
    ca: authority,
    headers: {authorization: `Bearer ${token}`},
  });
  const {promise, resolve, reject} = Promise.withResolvers<number>();
  const stop = () => {
    reject(signal.reason);
    socket.terminate();
  };
  signal.addEventListener('abort', stop, {once: true});
  let disconnect: () => void = () => {};
  socket.on('open', () => {
    disconnect = connect(socket, streams);
  });
  socket.on('message', (data: RawData) => {
    const message = toBuffer(data);
    const body = message.subarray(1);
    if (message[0] === channel.stdout) take(socket, streams.stdout, body);
    else if (message[0] === channel.stderr) take(socket, streams.stderr, body);
    else if (message[0] === channel.error) settle(body.toString('utf8'), resolve, reject);
  });
  socket.on('unexpected-response', (_request, response) => {
    response.setEncoding('utf8').on('data', (text: string) => settle(text, resolve, reject));
    response.on('end', () => reject(new Error(`the sandbox answered with ${response.statusCode}`)));
  });
  socket.on('error', reject);
  socket.on('close', () => reject(new Error('the sandbox ended meanwhile')));
  try {
    return await promise;
  } finally {
    disconnect();
    signal.removeEventListener('abort', stop);
    socket.close();
  }
}

/** Sends what is typed, and each size of the terminal. @returns what ends that */
function connect(socket: WebSocket, {stdin, terminal}: NodeCommandStreams): () => void {
  const send = (id: number, body: Uint8Array | string) =>
    socket.send(Buffer.concat([Buffer.of(id), Buffer.from(body)]));
  const type = (chunk: Buffer | string) => send(channel.stdin, Buffer.from(chunk));
  const end = () => send(channel.close, Buffer.of(channel.stdin));
  const resize = () =>
    send(channel.resize, JSON.stringify({Width: terminal?.columns ?? 80, Height: terminal?.rows ?? 24}));
  if (terminal) resize();
  terminal?.on('resize', resize);
  stdin?.on('data', type).on('end', end);
  return () => {
    terminal?.off('resize', resize);
    stdin?.off('data', type).off('end', end).pause();
  };
}

/** Hands on what the program says, no faster than it is read. */
function take(socket: WebSocket, output: Writable, chunk: Buffer): void {
  if (output.write(chunk)) return;
  socket.pause();
  output.once('drain', () => socket.resume());
}

interface Status {
  status?: string;
  message?: string;
  details?: {causes?: {reason?: string; message?: string}[]};
}

/** A Status says how the program ended, or why there was none. */
function settle(text: string, resolve: (code: number) => void, reject: (error: Error) => void): void {
  const {status, message, details} = JSON.parse(text) as Status;
  const code = details?.causes?.find(({reason}) => reason === 'ExitCode')?.message;
  if (status === 'Success') resolve(0);
  else if (code !== undefined) resolve(Number(code));
  else reject(new Error(message ?? text));
}

const toBuffer = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);
