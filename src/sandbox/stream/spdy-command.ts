import {type Duplex, PassThrough, Writable} from 'node:stream';
import {endOf} from './end-of.ts';
import type {CommandChannels, RemoteCommand} from './remote-command.ts';
import {serveSpdy} from './spdy/connection.ts';
import {terminalOutput} from './terminal-output.ts';
import {terminalSizes} from './terminal-sizes.ts';

/** Answers a SPDY upgrade; what the client sent along with its request is put in front. */
export function upgradeToSpdy(socket: Duplex, head: Buffer, protocol: string): Duplex {
  const answer = [
    'HTTP/1.1 101 Switching Protocols',
    'Connection: Upgrade',
    'Upgrade: SPDY/3.1',
    `X-Stream-Protocol-Version: ${protocol}`,
  ];
  socket.write(`${answer.join('\r\n')}\r\n\r\n`);
  if (head.length > 0) socket.unshift(head);
  return socket;
}

/** The streams of exec and attach over SPDY: handed over when the client has opened all that it asked for. */
export function spdyChannels(
  socket: Duplex,
  {stdin, stdout, stderr, tty}: RemoteCommand,
  onReady: (channels: CommandChannels) => void,
): void {
  const wanted = [
    'error',
    ...(stdin ? ['stdin'] : []),
    ...(stdout ? ['stdout'] : []),
    ...(stderr && !tty ? ['stderr'] : []),
    ...(tty ? ['resize'] : []),
  ];
  const streams = new Map<string, Duplex>();
  const gone = new AbortController();
  const connection = serveSpdy(socket, ({headers, stream}) => {
    const type = headers.streamtype ?? '';
    if (!wanted.includes(type) || streams.has(type)) return void stream.destroy();
    streams.set(type, stream);
    if (streams.size === wanted.length) onReady(toChannels());
  });
  connection.onClose(() => gone.abort());

  const toChannels = (): CommandChannels => {
    const sizes = terminalSizes();
    streams.get('resize')?.on('data', (message: Buffer) => sizes.take(message));
    const [error, input, errors] = [streams.get('error'), streams.get('stdin'), streams.get('stderr')];
    const output = toClient(streams.get('stdout'), tty);
    return {
      // Only its end as an input matters to who reads it: the other direction is never used.
      ...(input && {stdin: input.pipe(new PassThrough())}),
      stdout: output,
      ...(errors && {stderr: errors}),
      onResize: sizes.onResize,
      signal: gone.signal,
      async finish(status) {
        input?.end();
        await Promise.all([endOf(output), errors && endOf(errors)]);
        if (error) await endOf(error, JSON.stringify(status));
        connection.close();
      },
    };
  };
}

/** Without a stream the client wants no output. */
function toClient(stream: Duplex | undefined, tty: boolean): Writable {
  if (!stream) return nowhere();
  if (!tty) return stream;
  const output = terminalOutput();
  output.pipe(stream);
  return output;
}

/** For a client that wants no output, and still gets its status. */
const nowhere = () => new Writable({write: (_chunk, _encoding, done) => done()});
