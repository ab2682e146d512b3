import type {Duplex} from 'node:stream';
import transport from 'spdy-transport';

/** One stream that a client opened, with the headers it gave. */
export interface SpdyStream {
  headers: Readonly<Record<string, string>>;
  stream: Duplex;
}

export interface SpdyConnection {
  /** Tells when the connection is over, whoever ended it. */
  onClose(listener: () => void): void;
  close(): void;
}

/** Kubernetes' SPDY knows no flow control: a client never says that it has room for more. In bytes. */
const endless = 2 ** 31 - 2;

/**
 * The server's side of SPDY/3.1 as Kubernetes uses it: streams that only the client opens, told apart by headers
 * of its own. A stream is accepted before it is handed over.
 */
export function serveSpdy(socket: Duplex, onStream: (stream: SpdyStream) => void): SpdyConnection {
  const connection = transport.connection.create(socket, {protocol: 'spdy', isServer: true});
  // Kubernetes leaves out the two headers that SPDY takes for granted, and the library insists on.
  const {parser} = connection._spdyState;
  const parseKVs = parser.parseKVs.bind(parser);
  parser.parseKVs = (body, callback) =>
    parseKVs(body, (error, headers) => callback(error, {':method': 'POST', ':path': '/', ...headers}));
  connection.on('stream', stream => {
    // A client that goes away in the middle is no news: `close` follows.
    stream.on('error', () => {});
    stream._spdyState.window.send.setMax(endless);
    stream._spdyState.window.send.update(endless / 2);
    stream.respond(200, {});
    onStream({headers: stream.headers, stream});
  });
  connection.on('error', () => socket.destroy());
  connection.start(3.1);
  // The library forgets to go on where its queue was full once.
  connection._spdyState.framer._readableState.highWaterMark = endless;
  connection._spdyState.window.send.setMax(endless);
  connection._spdyState.window.send.update(endless / 2);
  return {
    onClose: listener => void socket.once('close', listener),
    // Frames are sent in turns of their own: the answer to a ping says that all before it has arrived.
    close: () => connection.ping(() => socket.end()),
  };
}
