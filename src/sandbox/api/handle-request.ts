import type {IncomingMessage, ServerResponse} from 'node:http';
import {finished} from 'node:stream/promises';
import {badRequest, StatusError} from '../status-error.ts';
import {type Answer, failure, ok} from './answer.ts';
import type {Api} from './api.ts';
import type {ApiOptions} from './api-options.ts';
import type {Authenticate} from './authenticate.ts';
import {readBody} from './body.ts';
import type {Discovery} from './discovery.ts';
import {internalError, unauthorized} from './errors.ts';
import {type ApiRequest, parseUrl} from './request.ts';
import {answer, answerOpenly} from './route.ts';
import {writeAnswer} from './write-answer.ts';

/** What all requests of one server have in common. */
export interface Handling extends Pick<ApiOptions, 'report' | 'streams' | 'beside' | 'streamsBeside'> {
  api: Api;
  version: object;
  discovery: Discovery;
  authenticate: Authenticate;
  /** Aborted when the server closes: ends what would go on for long. */
  closing: AbortSignal;
}

/** Answers one request. Never rejects. */
export async function handleRequest(
  handling: Handling,
  incoming: IncomingMessage,
  response: ServerResponse<IncomingMessage>,
): Promise<void> {
  try {
    const found = await answerTo(handling, incoming);
    // A client that still sends does not listen yet, and one that is cut off sees no answer but a broken pipe.
    if (!incoming.complete) await finished(incoming, {writable: false});
    await writeAnswer(incoming, response, found, handling.closing);
  } catch (error) {
    if (!response.writableEnded && !response.destroyed) handling.report(error);
    response.destroy();
  }
}

/** The answer, whatever happens on the way to it. */
async function answerTo(handling: Handling, incoming: IncomingMessage): Promise<Answer> {
  try {
    const request = apiRequest(incoming);
    const open = answerOpenly(request, handling.version);
    if (open) return open;
    const user = handling.authenticate(request.headers);
    if (!user) throw unauthorized();
    const beside = await handling.beside?.(request);
    return beside ? ok(beside) : await answer(handling.api, handling.discovery, request, user);
  } catch (error) {
    return failed(handling, error);
  } finally {
    // What nobody has read is read and forgotten.
    incoming.resume();
  }
}

/** @throws StatusError 400 for a URL that cannot be read */
export function apiRequest(incoming: IncomingMessage): ApiRequest {
  return {
    ...parsedUrl(incoming.url ?? '/'),
    method: incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? 'GET'),
    headers: incoming.headers,
    body: () => readBody(incoming),
  };
}

function parsedUrl(url: string) {
  try {
    return parseUrl(url);
  } catch {
    throw badRequest('the request URL cannot be read');
  }
}

/** An expected error as it is; of a bug the client learns only that there is one. */
export function failed({report}: Pick<Handling, 'report'>, error: unknown): Answer {
  if (error instanceof StatusError) return failure(error);
  report(error);
  return failure(internalError());
}
