import type {Stored} from '../../objects.ts';
import type {Decoded} from '../../schema/decode.ts';
import {type PatchType, patch, patchTypes} from '../../schema/patch.ts';
import type {GroupVersionKind} from '../../schema/types.ts';
import {updatedBy} from '../../schema/updated-by.ts';
import {notFound, StatusError} from '../../status-error.ts';
import type {Answer} from '../answer.ts';
import type {Api, NamedCall} from '../api.ts';
import {isApply, parseWriteOptions, type WriteRequestOptions} from '../write-options.ts';
import {applyObject} from './apply.ts';
import {namedAs} from './place.ts';
import {partOf, storeChanged} from './update.ts';

/** PATCH of one object, or of its status. @throws StatusError as the registry's update */
export async function patchObject(api: Api, call: NamedCall): Promise<Answer> {
  const {type, namespace, name} = call;
  const options = parseWriteOptions(call.request, 'PatchOptions');
  const body = await call.request.body();
  if (isApply(call.request)) return applyObject(api, call, body, options);
  // From here to the update nothing waits: what is patched is the newest, and no other write comes in between.
  const before = api.registry.get(type.id, namespace, name);
  if (!before) throw notFound(type, name);
  const {object, warnings} = patched(call, body, before, type, options);
  const {dryRun, manager} = options;
  const owned = updatedBy(before, namedAs(call, object), type, {
    manager,
    ...partOf(call),
    now: api.clock.now(),
  });
  return storeChanged(api, call, before, owned, dryRun, warnings);
}

/**
 * The object after the patch in a request's body.
 * @throws StatusError 415 for a patch of another kind
 */
export function patched(
  {request}: NamedCall,
  body: Buffer,
  before: Stored,
  kind: GroupVersionKind,
  {fieldValidation}: WriteRequestOptions,
): Decoded {
  const mediaType = request.headers['content-type']?.split(';')[0]?.trim() ?? '';
  if (!isPatchType(mediaType))
    throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
  return patch(before, kind, mediaType, body, fieldValidation);
}

const isPatchType = (type: string): type is PatchType => (patchTypes as readonly string[]).includes(type);
