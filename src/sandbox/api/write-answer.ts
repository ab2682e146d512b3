import {once} from 'node:events';
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Answer, Stream} from './answer.ts';
import {negotiate} from './negotiate.ts';

/**
 * Writes an answer to its connection.
 * @param closing ends streams
 */
export async function writeAnswer(
  incoming: IncomingMessage,
  response: ServerResponse<IncomingMessage>,
  {code, headers = {}, body}: Answer,
  closing: AbortSignal,
): Promise<void> {
  const common = {'cache-control': 'no-cache, private', ...headers};
  if (!body) {
    response.writeHead(code, common).end();
    return;
  }
  if ('stream' in body) {
    response.writeHead(code, {...common, 'content-type': body.type});
    response.flushHeaders();
    return writeStream(response, body.stream, closing);
  }
  const [type, content] = await rendered(incoming, body);
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  response.writeHead(code, {...common, 'content-type': type, 'content-length': bytes.length});
  response.end(bytes);
}

type Whole = Exclude<NonNullable<Answer['body']>, {stream: Stream}>;

async function rendered(
  incoming: IncomingMessage,
  body: Whole,
): Promise<[type: string, content: string | Buffer]> {
  if ('bytes' in body) return [body.type, body.bytes];
  if ('text' in body) return ['text/plain; charset=utf-8', body.text];
  const json = 'json' in body ? body.json : JSON.stringify(body.object);
  if (acceptsYaml(incoming)) {
    const {stringify} = await import('yaml');
    return ['application/yaml', stringify(JSON.parse(json))];
  }
  const type = ('json' in body && body.type) || 'application/json';
  return [type, isForPeople(incoming) ? JSON.stringify(JSON.parse(json), null, 2) : `${json}\n`];
}

/** An error is told in JSON to who accepts nothing that is served. */
function acceptsYaml({headers}: IncomingMessage): boolean {
  try {
    return negotiate(headers.accept).media === 'yaml';
  } catch {
    return false;
  }
}

/** As the real server: a browser or curl gets indented lines, unless the query says otherwise. */
function isForPeople({url = '', headers}: IncomingMessage): boolean {
  const pretty = /[?&]pretty=([^&]*)/.exec(url)?.[1];
  if (pretty !== undefined) return pretty !== 'false' && pretty !== '0';
  return /^(curl|Wget|Mozilla)\//.test(headers['user-agent'] ?? '');
}

async function writeStream(
  response: ServerResponse<IncomingMessage>,
  stream: Stream,
  closing: AbortSignal,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const signal = AbortSignal.any([gone.signal, closing]);
  await stream(async chunk => {
    if (signal.aborted || response.write(chunk)) return;
    await once(response, 'drain', {signal}).catch(() => {});
  }, signal);
  response.end();
}
