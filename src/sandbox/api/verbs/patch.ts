import {type PatchType, patch, patchTypes} from '../../schema/patch.ts';
import {updatedBy} from '../../schema/updated-by.ts';
import {notFound, StatusError} from '../../status-error.ts';
import type {Answer} from '../answer.ts';
import type {Api, NamedCall} from '../api.ts';
import type {ApiRequest} from '../request.ts';
import {isApply, parseWriteOptions} from '../write-options.ts';
import {applyObject} from './apply.ts';
import {namedAs} from './place.ts';
import {partOf, storeChanged} from './update.ts';

/** PATCH of one object, or of its status. @throws StatusError as the registry's update */
export async function patchObject(api: Api, call: NamedCall): Promise<Answer> {
  const {type, namespace, name} = call;
  const options = parseWriteOptions(call.request, 'PatchOptions');
  if (isApply(call.request)) return applyObject(api, call, options);
  const mediaType = patchType(call.request);
  const body = await call.request.body();
  // From here to the update nothing waits: what is patched is the newest, and no other write comes in between.
  const before = api.registry.get(type.id, namespace, name);
  if (!before) throw notFound(type, name);
  const {dryRun, manager, fieldValidation} = options;
  const {object, warnings} = patch(before, type, mediaType, body, fieldValidation);
  const owned = updatedBy(before, namedAs(call, object), type, {
    manager,
    ...partOf(call),
    now: api.clock.now(),
  });
  return storeChanged(api, call, before, owned, dryRun, warnings);
}

/** @throws StatusError 415 for a patch of another kind */
export function patchType({headers}: ApiRequest): PatchType {
  const mediaType = headers['content-type']?.split(';')[0]?.trim() ?? '';
  if (isPatchType(mediaType)) return mediaType;
  throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
}

const isPatchType = (type: string): type is PatchType => (patchTypes as readonly string[]).includes(type);
