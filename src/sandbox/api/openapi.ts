import {createHash} from 'node:crypto';
import {openApiDocument, openApiIndex} from '../schema/openapi.ts';
import {openApiV2, openApiV2Accept, openApiV2ContentType} from '../schema/openapi-v2.ts';
import {type Answer, ok, pageNotFound} from './answer.ts';
import type {ApiRequest} from './request.ts';

/**
 * /openapi/v3 and the document of each group and version below it. A client keeps a document by the hash that
 * the index gave it, and does not ask again while the index says the same.
 */
export function answerOpenApi({path, query, headers}: ApiRequest): Answer {
  const [, version, prefix, ...apiVersion] = path;
  if (version === 'v2' && headers.accept?.includes(openApiV2Accept)) return answerV2(headers);
  if (version !== 'v3') return pageNotFound;
  if (prefix === undefined) return ok(index());
  const link = index().paths[path.slice(2).join('/')]?.serverRelativeURL;
  if (link === undefined) return pageNotFound;
  const current = new URLSearchParams(link.slice(link.indexOf('?'))).get('hash') ?? '';
  const asked = query.get('hash');
  if (asked !== null && asked !== current) return {code: 301, headers: {location: link}};
  const etag = `"${current}"`;
  const cache = asked === null ? 'no-cache, private' : 'public, immutable';
  if (headers['if-none-match'] === etag) return {code: 304, headers: {etag}};
  return {
    code: 200,
    headers: {etag, vary: 'Accept', 'cache-control': cache},
    body: {json: document(apiVersion.join('/'))},
  };
}

/** Only in the form that kubectl up to 1.28 asks for. */
function answerV2(headers: ApiRequest['headers']): Answer {
  knownV2 ??= openApiV2();
  const etag = `"${createHash('sha512').update(knownV2).digest('hex').toUpperCase()}"`;
  if (headers['if-none-match'] === etag) return {code: 304, headers: {etag}};
  return {code: 200, headers: {etag, vary: 'Accept'}, body: {bytes: knownV2, type: openApiV2ContentType}};
}
let knownV2: Buffer | undefined;

let knownIndex: ReturnType<typeof openApiIndex> | undefined;
const index = () => {
  knownIndex ??= openApiIndex();
  return knownIndex;
};

const documents = new Map<string, string>();
function document(apiVersion: string): string {
  const known = documents.get(apiVersion);
  if (known !== undefined) return known;
  const json = JSON.stringify(openApiDocument(apiVersion));
  documents.set(apiVersion, json);
  return json;
}
