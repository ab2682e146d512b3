import {once} from 'node:events';
import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import type {Duplex} from 'node:stream';
import type {Api} from './api.ts';
import type {ApiOptions} from './api-options.ts';
import {authenticator} from './authenticate.ts';
import {discovery} from './discovery.ts';
import {withEventAliases} from './event-aliases.ts';
import {handleRequest} from './handle-request.ts';
import {handleUpgradeRequest} from './handle-upgrade-request.ts';
import {userOfToken} from './service-account-token.ts';
import {versionInfo} from './version.ts';

export interface ApiServer {
  port: number;
  /** Ends watches and streams, lets other requests finish, and frees the port. */
  close(): Promise<void>;
}

/**
 * Serves the registry over HTTPS, as a Kubernetes API server.
 * @throws the error of the system (EADDRINUSE) when the port cannot be had
 */
export async function serveApi(options: ApiOptions): Promise<ApiServer> {
  const {registry, kubelets, clock, credentials, report} = options;
  const secret = credentials.token;
  const api: Api = {registry: withEventAliases(registry), kubelets, clock, secret};
  const closing = new AbortController();
  const handling = {
    api,
    report,
    version: versionInfo(options.version),
    discovery: discovery(registry.types.values()),
    authenticate: authenticator(credentials.token, token => userOfToken(token, secret, clock.now())),
    streams: options.streams,
    ...(options.beside && {beside: options.beside}),
    ...(options.streamsBeside && {streamsBeside: options.streamsBeside}),
    closing: closing.signal,
  };
  const server = createServer(
    {key: credentials.key, cert: credentials.certificate, minVersion: 'TLSv1.2', ...limits},
    (request, response) => {
      // A connection whose last answer ended while the server closes is not among those that were idle then.
      response.on('close', () => closing.signal.aborted && setImmediate(closeIdle));
      void handleRequest(handling, request, response);
    },
  );
  const closeIdle = () => server.closeIdleConnections();
  const upgraded = new Set<Duplex>();
  server.on('upgrade', (request, socket, head) => {
    upgraded.add(socket);
    socket.on('close', () => upgraded.delete(socket));
    void handleUpgradeRequest(handling, request, socket, head);
  });
  // A client that does not finish its TLS handshake or its headers is its own trouble.
  server.on('tlsClientError', (_, socket) => socket.destroy());
  server.on('clientError', (_, socket) => socket.destroy());
  server.listen(options.port, options.address);
  await once(server, 'listening');

  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= new Promise(resolve => {
      server.close(() => resolve());
      closing.abort();
      for (const socket of upgraded) socket.destroy();
      closeIdle();
    });
    return closed;
  };
  options.signal.addEventListener('abort', () => void close(), {once: true});
  if (options.signal.aborted) await close();
  return {port: (server.address() as AddressInfo | null)?.port ?? options.port, close};
}

/** For clients that are slow or greedy. Milliseconds and bytes; the first is that of the real server. */
const limits = {
  headersTimeout: 32_000,
  /** From a request's first byte to its last. */
  requestTimeout: 60_000,
  /** Between requests; kubectl closes its connections itself. */
  keepAliveTimeout: 180_000,
  maxHeaderSize: 64 * 1024,
};
