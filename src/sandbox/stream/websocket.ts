import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import {type WebSocket, WebSocketServer} from 'ws';

/** The largest message that is taken, in bytes: kubectl sends 32 KiB at a time. */
const maxPayload = 1 << 20;
const server = new WebSocketServer({noServer: true, clientTracking: false, maxPayload});

/** Answers a WebSocket upgrade with the chosen protocol. A broken handshake is answered with 400 by the library. */
export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  protocol: string,
  onConnection: (connection: WebSocket) => void,
): void {
  // Kubernetes' protocol names hold a slash, which RFC 6455 does not allow and the library refuses.
  delete request.headers['sec-websocket-protocol'];
  const addProtocol = (headers: string[], answered: IncomingMessage) => {
    if (answered === request) headers.push(`Sec-WebSocket-Protocol: ${protocol}`);
  };
  server.once('headers', addProtocol);
  server.handleUpgrade(request, socket, head, connection => {
    connection.on('error', () => connection.terminate());
    onConnection(connection);
  });
  server.off('headers', addProtocol);
}

/** The names in a header that may come several times or hold a list. */
export const offeredProtocols = (header: string | string[] | undefined): string[] =>
  [header ?? []]
    .flat()
    .flatMap(line => line.split(','))
    .map(name => name.trim());
