import type {Answer} from './answer.ts';
import type {Api, Call, NamedCall} from './api.ts';
import {methodNotAllowed, resourceNotFound} from './errors.ts';
import {parseListOptions} from './list-options.ts';
import {reviews} from './reviews.ts';
import {bindPod} from './subresources/binding.ts';
import {refuseDebugging} from './subresources/ephemeral-containers.ts';
import {evictPod} from './subresources/eviction.ts';
import {finalizeNamespace} from './subresources/finalize.ts';
import {podLog} from './subresources/log.ts';
import {getScale, patchScale, updateScale} from './subresources/scale.ts';
import {refuseWithoutUpgrade} from './subresources/streams.ts';
import {createToken} from './subresources/token.ts';
import {createObject} from './verbs/create.ts';
import {deleteObject} from './verbs/delete.ts';
import {deleteCollection} from './verbs/delete-collection.ts';
import {getObject} from './verbs/get.ts';
import {listObjects} from './verbs/list.ts';
import {patchObject} from './verbs/patch.ts';
import {updateObject} from './verbs/update.ts';
import {watchObjects} from './verbs/watch.ts';
import {withDeprecation} from './warnings.ts';

/**
 * Answers a request for a resource.
 * @throws StatusError 405 when the resource does not take this method, 404 when it has no such subresource
 */
export const answerResource = async (api: Api, call: Call): Promise<Answer> =>
  withDeprecation(call.type, await (isNamed(call) ? answerNamed(api, call) : answerCollection(api, call)));

async function answerCollection(api: Api, call: Call): Promise<Answer> {
  const {type, namespace, request} = call;
  const everywhere = type.namespaced && namespace === undefined;
  if (request.method === 'GET') {
    const options = parseListOptions(call);
    const verb = options.watch ? 'watch' : 'list';
    if (!type.verbs.includes(verb)) throw methodNotAllowed();
    return options.watch ? watchObjects(api, call, options) : listObjects(api, call, options);
  }
  if (everywhere) throw methodNotAllowed();
  if (request.method === 'POST' && type.verbs.includes('create')) {
    if (type.id === 'bindings') return bindPod(api, call);
    return (reviews.get(type.id) ?? createObject)(api, call);
  }
  if (request.method === 'DELETE' && type.verbs.includes('deletecollection'))
    return deleteCollection(api, call);
  throw methodNotAllowed();
}

const isNamed = (call: Call): call is NamedCall => call.name !== undefined;

async function answerNamed(api: Api, call: NamedCall): Promise<Answer> {
  const {type, subresource = '', request, watch} = call;
  if (watch) return watchObjects(api, call, parseListOptions(call));
  if (subresource !== '' && !type.subresources[subresource]) throw resourceNotFound();
  const verb = verbs[request.method] ?? '';
  const allowed = subresource === '' ? type.verbs : (type.subresources[subresource]?.verbs ?? []);
  const handler = (subresources[subresource] ?? wholeObject)[verb];
  if (!handler || !allowed.includes(verb)) throw methodNotAllowed();
  return handler(api, call);
}

type Handler = (api: Api, call: NamedCall) => Promise<Answer> | Answer;

const verbs: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** Also of status and the other subresources that are a part of the object. */
const wholeObject: Readonly<Record<string, Handler>> = {
  get: getObject,
  update: updateObject,
  patch: patchObject,
  delete: deleteObject,
};

const streamed = {get: refuseWithoutUpgrade, create: refuseWithoutUpgrade};

const subresources: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  attach: streamed,
  binding: {create: bindPod},
  ephemeralcontainers: {get: getObject, update: refuseDebugging, patch: refuseDebugging},
  eviction: {create: evictPod},
  exec: streamed,
  finalize: {update: finalizeNamespace},
  log: {get: podLog},
  portforward: streamed,
  scale: {get: getScale, update: updateScale, patch: patchScale},
  token: {create: createToken},
};
