import {once} from 'node:events';
import type {IncomingHttpHeaders, IncomingMessage} from 'node:http';
import {Agent, request} from 'node:https';
import {onTestFinished} from 'vitest';
import type {ApiOptions} from '../../../../src/sandbox/api/api-options.ts';
import {issueCertificates} from '../../../../src/sandbox/api/certificates.ts';
import {kubeconfig} from '../../../../src/sandbox/api/credentials.ts';
import {serveApi} from '../../../../src/sandbox/api/serve.ts';
import type {Kubelets} from '../../../../src/sandbox/kubelet/kubelets.ts';
import {openRegistry} from '../../../../src/sandbox/registry/open.ts';
import {resourceTypes} from '../../../../src/sandbox/schema/resources.ts';
import {strategies} from '../../../../src/sandbox/schema/strategies/index.ts';
import {manualClock} from '../manual-clock.ts';

const token = 'the-token';
const credentials = {...issueCertificates(Date.now()), token};

export interface Received {
  code: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The text as JSON; undefined when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
  json: any;
}

export interface Sent {
  method?: string;
  headers?: Record<string, string>;
  /** Objects go as JSON. */
  body?: object | string | Buffer;
}

/** A served registry with the namespace `lab`, closed when the test is over. What it reports fails the test. */
export async function openApi(options: Partial<Pick<ApiOptions, 'kubelets' | 'streams'>> = {}) {
  const clock = manualClock();
  const registry = openRegistry({directory: ':memory:', types: resourceTypes, strategies, clock});
  registry.create('namespaces', {metadata: {name: 'lab'}});
  const reported: unknown[] = [];
  const closing = new AbortController();
  const server = await serveApi({
    registry,
    kubelets: {} as Kubelets,
    streams: () => false,
    ...options,
    clock,
    address: '127.0.0.1',
    port: 0,
    credentials,
    version: 'v1.35.4',
    report: error => reported.push(error),
    signal: closing.signal,
  });
  const agent = new Agent({ca: credentials.authority, keepAlive: true});
  onTestFinished(async () => {
    agent.destroy();
    await server.close();
    await registry.close();
    if (reported.length > 0) throw new AggregateError(reported, 'the server reported');
  });

  async function open(
    path: string,
    {method = 'GET', headers = {}, body}: Sent = {},
  ): Promise<IncomingMessage> {
    const raw = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
    const content = raw ? body : JSON.stringify(body);
    const chunked = headers['transfer-encoding'] !== undefined;
    const outgoing = request({
      agent,
      method,
      host: '127.0.0.1',
      port: server.port,
      path,
      headers: {
        authorization: `Bearer ${token}`,
        ...(!raw && {'content-type': 'application/json'}),
        ...(content !== undefined && !chunked && {'content-length': Buffer.byteLength(content)}),
        ...headers,
      },
    });
    outgoing.end(content);
    const [response]: IncomingMessage[] = await once(outgoing, 'response');
    if (!response) throw new Error('no response');
    return response;
  }

  async function send(path: string, sent?: Sent): Promise<Received> {
    const response = await open(path, sent);
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const isJson = response.headers['content-type']?.startsWith('application/json');
    return {
      code: response.statusCode ?? 0,
      headers: response.headers,
      text,
      json: isJson ? JSON.parse(text) : undefined,
    };
  }

  return {
    registry,
    clock,
    server,
    reported,
    /** The whole answer. */
    send,
    /** An answer that goes on. */
    open,
    kubeconfig: kubeconfig(credentials, server.port, 'sandbox'),
    configMap: (name: string, rest: object = {}) =>
      registry.create('configmaps', {
        ...rest,
        metadata: {name, namespace: 'lab', ...('metadata' in rest ? (rest.metadata as object) : {})},
      }),
  };
}

/** The lines of an answer that goes on, each as JSON, one at a time. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export async function* events(response: IncomingMessage): AsyncGenerator<any> {
  let rest = '';
  for await (const chunk of response) {
    rest += chunk;
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line);
  }
}
