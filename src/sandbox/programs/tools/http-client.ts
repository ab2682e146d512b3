import type {IncomingHttpHeaders, RequestOptions} from 'node:http';
import type {Duplex} from 'node:stream';
import {Agent, request} from '../../http.ts';
import type {ProcessContext} from '../program.ts';

export interface HttpAnswer {
  status: number;
  statusText: string;
  headers: IncomingHttpHeaders;
  /** As they came: name, value, name, value. */
  rawHeaders: readonly string[];
  body: Buffer;
}

export interface HttpQuestion {
  method: string;
  headers: Record<string, string>;
  body?: string;
}

/** One HTTP request over the Pod's network. @throws NetworkError; Error with a code when the answer is no HTTP */
export async function ask(
  {container, killed}: ProcessContext,
  url: URL,
  {method, headers, body}: HttpQuestion,
): Promise<HttpAnswer> {
  const socket = await container.network.connect(url.hostname, Number(url.port || 80));
  const {promise, resolve, reject} = Promise.withResolvers<HttpAnswer>();
  const options: RequestOptions = {
    agent: new OneSocket(socket),
    host: url.hostname,
    port: Number(url.port || 80),
    path: `${url.pathname}${url.search}`,
    method,
    headers: {host: url.host, ...headers, connection: 'close'},
    signal: killed,
  };
  const sent = request(options, answer => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.once('error', reject);
    answer.once('end', () =>
      resolve({
        status: answer.statusCode ?? 0,
        statusText: answer.statusMessage ?? '',
        headers: answer.headers,
        rawHeaders: answer.rawHeaders,
        body: Buffer.concat(chunks),
      }),
    );
  });
  sent.once('error', reject);
  sent.end(body);
  return promise.finally(() => socket.destroy());
}

/** Makes no connections: there is one already. */
class OneSocket extends Agent {
  readonly #socket: Duplex;
  constructor(socket: Duplex) {
    super({keepAlive: false});
    this.#socket = socket;
  }
  override createConnection(): Duplex {
    return this.#socket;
  }
}
