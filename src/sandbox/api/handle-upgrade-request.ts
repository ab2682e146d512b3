import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import {badRequest} from '../status-error.ts';
import type {Answer} from './answer.ts';
import {unauthorized} from './errors.ts';
import {apiRequest, failed, type Handling} from './handle-request.ts';
import {resourceCall} from './route.ts';
import {streamTarget} from './subresources/streams.ts';

/** Hands a connection that asks to be upgraded to the streams, or refuses it in plain HTTP. Never rejects. */
export async function handleUpgradeRequest(
  handling: Handling,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  // Whoever breaks the connection off does not wait for an answer.
  socket.on('error', () => {});
  try {
    const request = apiRequest(incoming);
    const user = handling.authenticate(request.headers);
    if (!user) throw unauthorized();
    if (await handling.streamsBeside?.(request, incoming, socket, head)) return;
    const call = resourceCall(handling.api, request, user);
    const target = call && streamTarget(handling.api, call);
    if (!target || !(await handling.streams(incoming, socket, head, target)))
      throw badRequest('unable to upgrade: none of the protocols that the client offers is known here');
  } catch (error) {
    refuse(socket, failed(handling, error));
  }
}

function refuse(socket: Duplex, {code, body}: Answer): void {
  const json = body && 'object' in body ? JSON.stringify(body.object) : '';
  socket.end(
    `HTTP/1.1 ${code} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(json)}\r\nConnection: close\r\n\r\n${json}`,
  );
}
