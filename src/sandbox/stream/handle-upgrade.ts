import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import {createWebSocketStream} from 'ws';
import type {Kubelets} from '../kubelet/kubelets.ts';
import {forwardPorts} from './port-forward.ts';
import {type RemoteCommand, runRemoteCommand} from './remote-command.ts';
import {spdyChannels, upgradeToSpdy} from './spdy-command.ts';
import {acceptWebSocket, offeredProtocols} from './websocket.ts';
import {websocketChannels} from './websocket-command.ts';

/** What an upgrade request is for: the API server has checked who asks and read the URL. */
export type StreamTarget =
  | ({subresource: 'exec' | 'attach'} & RemoteCommand)
  | {subresource: 'portforward'; namespace: string; pod: string};

/** Protocols of exec and attach, the best first. */
const commandProtocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
/** SPDY inside of WebSocket messages, since kubectl 1.31. */
const tunnel = 'SPDY/3.1+portforward.k8s.io';

/**
 * Takes over a connection that asks to be upgraded, for exec, attach or port-forward: over WebSocket as current
 * kubectl does it, or over SPDY as kubectl up to 1.30 did.
 * @returns false when the client offers no protocol that is spoken here; nothing was written then
 * @throws StatusError when there is no such container or it does not run; nothing was written then
 */
export function handleUpgrade(
  kubelets: Kubelets,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  target: StreamTarget,
): boolean {
  const protocol = choose(request, target);
  if (protocol === undefined) return false;
  const overWebSocket = isWebSocket(request);
  if (target.subresource === 'portforward') {
    if (overWebSocket)
      acceptWebSocket(request, socket, head, protocol, connection =>
        forwardPorts(kubelets, createWebSocketStream(connection), target),
      );
    else forwardPorts(kubelets, upgradeToSpdy(socket, head, protocol), target);
    return true;
  }
  const container = kubelets.check(target.namespace, target.pod, target.container);
  const command = {...target, container};
  if (overWebSocket)
    acceptWebSocket(request, socket, head, protocol, connection =>
      runRemoteCommand(kubelets, command, websocketChannels(connection, command, protocol)),
    );
  else
    spdyChannels(upgradeToSpdy(socket, head, protocol), command, channels =>
      runRemoteCommand(kubelets, command, channels),
    );
  return true;
}

const isWebSocket = (request: IncomingMessage) => request.headers.upgrade?.toLowerCase() === 'websocket';

function choose(request: IncomingMessage, target: StreamTarget): string | undefined {
  const forward = target.subresource === 'portforward';
  if (isWebSocket(request)) {
    const offered = offeredProtocols(request.headers['sec-websocket-protocol']);
    return (forward ? [tunnel] : commandProtocols).find(protocol => offered.includes(protocol));
  }
  if (request.headers.upgrade?.toLowerCase() !== 'spdy/3.1') return undefined;
  const offered = offeredProtocols(request.headers['x-stream-protocol-version']);
  return (forward ? ['portforward.k8s.io'] : ['v4.channel.k8s.io']).find(protocol =>
    offered.includes(protocol),
  );
}
