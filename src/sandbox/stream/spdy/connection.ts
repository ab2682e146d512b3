import {Duplex} from 'node:stream';
import {dataFrame, type Frame, frameReader, pingFrame, replyFrame, resetFrame} from './frames.ts';
import {headerBlocks} from './headers.ts';

/** One stream that a client opened, with the headers it gave. */
export interface SpdyStream {
  headers: Readonly<Record<string, string>>;
  stream: Duplex;
}

export interface SpdyConnection {
  /** Tells when the connection is over, whoever ended it. */
  onClose(listener: () => void): void;
  /** Ends it when all that was written is sent. */
  close(): void;
}

/** How much of a write goes into one frame, in bytes. */
const frameSize = 32 * 1024;

/**
 * The server's side of SPDY/3.1 as Kubernetes uses it: streams that only the client opens, told apart by headers of
 * its own, and no flow control (kubectl never says that it has room for more, which is why libraries that wait for
 * that stall after 64 KiB). A stream is accepted before it is handed over.
 */
export function serveSpdy(socket: Duplex, onStream: (stream: SpdyStream) => void): SpdyConnection {
  const streams = new Map<number, Duplex>();
  const headers = headerBlocks();
  const read = frameReader();

  const take = async (frame: Frame): Promise<void> => {
    switch (frame.type) {
      case 'open': {
        const given = await headers.read(frame.headers);
        socket.write(replyFrame(frame.stream, await headers.write({})));
        const stream = openStream(socket, frame.stream, () => streams.delete(frame.stream));
        streams.set(frame.stream, stream);
        if (frame.fin) stream.push(null);
        return onStream({headers: given, stream});
      }
      case 'data': {
        const stream = streams.get(frame.stream);
        if (frame.data.length > 0) stream?.push(frame.data);
        if (frame.fin) stream?.push(null);
        return;
      }
      case 'reset':
        return void streams.get(frame.stream)?.destroy();
      case 'ping':
        return void socket.write(pingFrame(frame.id));
      case 'goaway':
        return void socket.end();
      case 'other':
        return;
    }
  };
  const receive = async () => {
    for await (const chunk of socket) for (const frame of read(chunk as Buffer)) await take(frame);
  };

  // Whatever ends the reading ends the connection: a client that is gone, or one that speaks something else.
  receive()
    .catch(() => {})
    .finally(() => {
      for (const stream of streams.values()) stream.destroy();
      headers.close();
      socket.destroy();
    });
  return {
    onClose: listener => void socket.once('close', listener),
    close: () => void socket.end(),
  };
}

function openStream(socket: Duplex, id: number, onClose: () => void): Duplex {
  const stream = new Duplex({
    // The client sends as it likes: there is no way to hold it up.
    read() {},
    write(chunk: Buffer, _encoding, done) {
      for (let at = 0; at < chunk.length; at += frameSize) {
        const last = at + frameSize >= chunk.length;
        const frame = dataFrame(id, chunk.subarray(at, at + frameSize));
        if (last) socket.write(frame, error => done(error ?? null));
        else socket.write(frame);
      }
      if (chunk.length === 0) done();
    },
    final(done) {
      socket.write(dataFrame(id, Buffer.alloc(0), true), error => done(error ?? null));
    },
    destroy(error, done) {
      // One that did not end in good order is called off.
      if (!stream.writableFinished && socket.writable) socket.write(resetFrame(id));
      done(error);
    },
  });
  // A client that goes away in the middle is no news: `close` follows.
  stream.on('error', () => {});
  stream.once('close', onClose);
  return stream;
}
