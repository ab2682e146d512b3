import {openApiDocument, openApiIndex} from '../schema/openapi.ts';
import {type Answer, ok, pageNotFound} from './answer.ts';
import type {ApiRequest} from './request.ts';

/**
 * /openapi/v3 and the document of each group and version below it. A client keeps a document by the hash that
 * the index gave it, and does not ask again while the index says the same.
 */
export function answerOpenApi({path, query, headers}: ApiRequest): Answer {
  const [, version, prefix, ...apiVersion] = path;
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
