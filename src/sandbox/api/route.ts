import {type Answer, ok, pageNotFound, text} from './answer.ts';
import type {Api, Call} from './api.ts';
import type {User} from './authenticate.ts';
import type {Discovery} from './discovery.ts';
import {methodNotAllowed, resourceNotFound} from './errors.ts';
import {answerOpenApi} from './openapi.ts';
import type {ApiRequest} from './request.ts';
import {answerResource} from './resource.ts';
import {parseResourcePath} from './resource-path.ts';

/** Paths that answer before anybody has said who they are: to probes, and to `kubectl version`. */
export function answerOpenly({path, method}: ApiRequest, version: object): Answer | undefined {
  const [first = '', ...rest] = path;
  if (rest.length > 0) return undefined;
  const known = first === 'version' || ['livez', 'readyz', 'healthz'].includes(first);
  if (!known) return undefined;
  if (method !== 'GET' && method !== 'HEAD') throw methodNotAllowed();
  return first === 'version' ? ok(version) : text(200, 'ok');
}

/**
 * Everything else.
 * @throws StatusError
 */
export async function answer(
  api: Api,
  discovery: Discovery,
  request: ApiRequest,
  user: User,
): Promise<Answer> {
  const {path, method} = request;
  const [prefix, ...rest] = path;
  if (prefix === undefined)
    return ok({paths: ['/api', '/apis', '/healthz', '/livez', '/openapi/v3', '/readyz', '/version']});
  if (prefix === 'openapi') return answerOpenApi(request);
  if (prefix !== 'api' && prefix !== 'apis') return pageNotFound;
  const call = resourceCall(api, request, user);
  if (call) return answerResource(api, call);
  // Below a group and version there are only resources: this one is not served, or has no such part.
  const isResource = rest.length > (prefix === 'api' ? 1 : 2);
  if (method !== 'GET') throw isResource ? resourceNotFound() : methodNotAllowed();
  if (rest.length === 0) return discovery.root(request, prefix);
  if (prefix === 'apis' && rest.length === 1) return discovery.group(rest[0] ?? '') ?? pageNotFound;
  const apiVersion = groupVersionOf(path);
  const group = rest[0] ?? '';
  const exact = rest.length === (prefix === 'api' ? 1 : 2);
  const list = exact ? discovery.resources(apiVersion) : undefined;
  if (list) return list;
  if (prefix === 'apis' && !discovery.group(group)) return pageNotFound;
  throw resourceNotFound();
}

/** The request as one for a resource; undefined when it is for something else, or for nothing that is served. */
export function resourceCall({registry}: Api, request: ApiRequest, user: User): Call | undefined {
  const {path} = request;
  const segments = path.slice(path[0] === 'api' ? 2 : 3);
  if (segments.length === 0) return undefined;
  const apiVersion = groupVersionOf(path);
  const group = path[0] === 'api' ? '' : (path[1] ?? '');
  const target = parseResourcePath(segments, resource => {
    const type = registry.types.get(group === '' ? resource : `${resource}.${group}`);
    return type && (group === '' ? type.version : `${group}/${type.version}`) === apiVersion
      ? type
      : undefined;
  });
  return target && {...target, request, user};
}

/** api/v1/… is v1, apis/apps/v1/… is apps/v1. */
const groupVersionOf = (path: readonly string[]) =>
  path[0] === 'api' ? (path[1] ?? '') : path.slice(1, 3).join('/');
