import {PassThrough, Writable} from 'node:stream';
import type {RawData, WebSocket} from 'ws';
import {endOf} from './end-of.ts';
import type {CommandChannels, RemoteCommand} from './remote-command.ts';
import {withCarriageReturns} from './terminal-output.ts';
import {terminalSizes} from './terminal-sizes.ts';

/** The first byte of each message says which stream it belongs to. */
const channel = {stdin: 0, stdout: 1, stderr: 2, error: 3, resize: 4, close: 255};

/**
 * The streams of exec and attach over one WebSocket.
 * @param protocol v5.channel.k8s.io can tell the end of stdin, v4.channel.k8s.io cannot
 */
export function websocketChannels(
  connection: WebSocket,
  {stdin, stderr, tty}: Pick<RemoteCommand, 'stdin' | 'stderr' | 'tty'>,
  protocol: string,
): CommandChannels {
  const gone = new AbortController();
  const input = new PassThrough();
  const sizes = terminalSizes();
  connection.on('message', (data: RawData) => {
    const message = toBuffer(data);
    const body = message.subarray(1);
    if (message[0] === channel.stdin) {
      if (!input.write(body)) {
        connection.pause();
        input.once('drain', () => connection.resume());
      }
    } else if (message[0] === channel.resize) sizes.take(body);
    else if (message[0] === channel.close && body[0] === channel.stdin && protocol.startsWith('v5'))
      input.end();
  });
  connection.once('close', () => {
    input.end();
    gone.abort();
  });
  const stdout = output(connection, channel.stdout, tty ? withCarriageReturns : undefined);
  const errors = stderr && !tty ? output(connection, channel.stderr) : undefined;
  return {
    ...(stdin && {stdin: input}),
    stdout,
    ...(errors && {stderr: errors}),
    onResize: sizes.onResize,
    signal: gone.signal,
    async finish(status) {
      // What was written last may still wait for its turn.
      await Promise.all([endOf(stdout), errors && endOf(errors)]);
      connection.send(Buffer.concat([Buffer.of(channel.error), Buffer.from(JSON.stringify(status))]));
      connection.close(1000);
    },
  };
}

const output = (connection: WebSocket, id: number, shown = (chunk: Buffer) => chunk) =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      // What nobody reads any more is dropped, as a terminal that was closed drops it.
      if (connection.readyState !== connection.OPEN) return done();
      connection.send(Buffer.concat([Buffer.of(id), shown(chunk)]), () => done());
    },
  });

const toBuffer = (data: RawData): Buffer =>
  Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);
