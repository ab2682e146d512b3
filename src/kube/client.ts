import {rootCertificates} from 'node:tls';
import type {KubeConfig, RequestContext} from '@kubernetes/client-node';
import {ExpectedError} from '../errors.ts';
import type {JsonMap} from '../world/object.ts';
import {type Call, methodOf, pathOf} from './path.ts';

/** A cluster's API as plain JSON. client-node knows the kubeconfig (certificates, tokens, plugins, proxies). */
export interface KubeClient {
  /** @throws ExpectedError `forbidden`, ApiError, or what the network gave (see isUnreachable) */
  call(call: Call, signal: AbortSignal): Promise<JsonMap>;
  /** The same for an answer that is text, such as a log. */
  read(call: Call, signal: AbortSignal): Promise<string>;
  /** The server's version. Most clusters tell it to anybody. */
  version(signal: AbortSignal): Promise<string>;
  /**
   * Opens a watch on a connection of its own: one that died without a word is never used again, and
   * closing it is ending it. It ends when the signal aborts, with an error.
   */
  stream(call: Call, signal: AbortSignal): Promise<AnswerStream>;
  close(): Promise<void>;
}
export interface AnswerStream {
  text: AsyncIterable<string>;
  close(): void;
}

/** The API answered, and it was no. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** Kubernetes' own word, e.g. NotFound, AlreadyExists, Expired. */
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

export const hasStatus = (error: unknown, status: number): error is ApiError =>
  error instanceof ApiError && error.status === status;

/** Nobody answered (refused, reset, timed out, no such host), which says nothing about what was asked. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const {code} = error as {code?: unknown};
  return error.name === 'TimeoutError' || networkCodes.has(`${code}`) || isUnreachable(error.cause);
}
const networkCodes = new Set([
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ETIMEDOUT',
  ],
  ...['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_SOCKET'],
]);

/** How long one request may take, in milliseconds; a watch is not one. */
const answerLimit = 10_000;

/**
 * Opens the current context of a kubeconfig file. Nothing is read or sent before the first call, and client-node is
 * only loaded then: that takes as long as all the rest of a short command.
 */
export function openClient(kubeconfig: string): KubeClient {
  let opened: Promise<KubeConfig> | undefined;
  let shared: Dispatcher | undefined;

  const authenticated = async () => {
    opened ??= loadConfig(kubeconfig);
    return authenticate(await opened);
  };

  async function send(
    {server, headers}: Authenticated,
    dispatcher: Dispatcher,
    method: Method,
    path: string,
    signal: AbortSignal,
    body?: object,
  ) {
    const answer = await dispatcher.request({
      origin: server.origin,
      path: server.pathname.replace(/\/$/, '') + path,
      method,
      headers: {
        ...headers,
        'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
      },
      body: body === undefined ? null : JSON.stringify(body),
      bodyTimeout: 0,
      signal,
    });
    if (answer.statusCode < 300) return answer;
    throw apiError(answer.statusCode, await answer.body.text());
  }

  /** On the connection that all but the watches share; a broken one is thrown away. */
  async function ask(method: Method, path: string, signal: AbortSignal, body?: object): Promise<string> {
    const as = await authenticated();
    shared ??= as.dispatcher;
    const used = shared;
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(answerLimit)]);
      return await (await send(as, used, method, path, limited, body)).body.text();
    } catch (error) {
      if ((isUnreachable(error) || hasStatus(error, 401)) && shared === used) {
        shared = undefined;
        void used.destroy();
      }
      signal.throwIfAborted();
      throw error;
    }
  }

  const read = (call: Call, signal: AbortSignal) =>
    ask(methodOf(call), pathOf(call), signal, call.body).catch(error => Promise.reject(refusal(call, error)));

  return {
    read,
    call: async (call, signal) => JSON.parse(await read(call, signal)),
    version: async signal => JSON.parse(await ask('GET', '/version', signal)).gitVersion,
    async stream(call, signal) {
      const as = await authenticated();
      const close = () => void as.dispatcher.destroy();
      try {
        const {body} = await send(as, as.dispatcher, 'GET', pathOf(call), signal);
        return {text: body.setEncoding('utf8'), close};
      } catch (error) {
        close();
        throw refusal(call, error);
      }
    },
    close: async () => shared?.destroy(),
  };
}

type Dispatcher = NonNullable<ReturnType<RequestContext['getDispatcher']>>;
type Method = ReturnType<typeof methodOf>;

interface Authenticated {
  server: URL;
  /** A token may have been renewed since the last call. */
  headers: Record<string, string>;
  /** Has not connected yet. */
  dispatcher: Dispatcher;
}

/** Loads what a client needs for its first call: most of a second, for whoever waits for something else anyway. */
export const loadAhead = (): void => void import('@kubernetes/client-node').catch(() => {}); // the first call has the error

async function loadConfig(file: string): Promise<KubeConfig> {
  const {KubeConfig} = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromFile(file);
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new Error(`${file} has no current context`);
  // Without any TLS option client-node gives no dispatcher; these are what Node trusts anyway.
  if (!cluster.caData && !cluster.caFile && !cluster.skipTLSVerify)
    Object.assign(cluster, {caData: Buffer.from(rootCertificates.join('\n')).toString('base64')});
  return config;
}

async function authenticate(config: KubeConfig): Promise<Authenticated> {
  const {HttpMethod, RequestContext} = await import('@kubernetes/client-node');
  const server = new URL(config.getCurrentCluster()?.server ?? '');
  const context = new RequestContext(server.href, HttpMethod.GET);
  await config.applySecurityAuthentication(context);
  const dispatcher = context.getDispatcher();
  if (!dispatcher) throw new Error('client-node made no dispatcher');
  return {server, headers: context.getHeaders(), dispatcher};
}

function apiError(status: number, body: string): ApiError {
  try {
    const {reason, message} = JSON.parse(body) as {reason?: string; message?: string};
    return new ApiError(status, reason ?? '', message ?? body);
  } catch {
    return new ApiError(status, '', body.trim()); // a proxy on the way, or not Kubernetes at all
  }
}

function refusal({verb, resource, namespace}: Call, error: unknown): unknown {
  if (!hasStatus(error, 403) && !isDenied(error)) return error;
  const where = namespace === undefined ? {} : {namespace};
  return new ExpectedError('forbidden', {verb, resource, ...where, detail: error.message}, {cause: error});
}

/** What an administrator's own rules forbid has the status that these choose. */
const isDenied = (error: unknown): error is ApiError =>
  error instanceof ApiError &&
  /admission webhook .* denied the request|AdmissionPolicy .* denied request/.test(error.message);
