import type {Stored} from '../../objects.ts';
import type {Decoded} from '../../schema/decode.ts';
import {type PatchType, patch, patchTypes} from '../../schema/patch.ts';
import type {GroupVersionKind} from '../../schema/types.ts';
import {notFound, StatusError} from '../../status-error.ts';
import type {Answer} from '../answer.ts';
import type {Api, NamedCall} from '../api.ts';
import {showObject} from '../show.ts';
import {withWarnings} from '../warnings.ts';
import {parseWriteOptions, type WriteRequestOptions} from '../write-options.ts';
import {namedAs} from './place.ts';

/** PATCH of one object, or of its status. @throws StatusError as the registry's update */
export async function patchObject(api: Api, call: NamedCall): Promise<Answer> {
  const {type, namespace, name, subresource} = call;
  const options = parseWriteOptions(call.request, 'PatchOptions');
  const body = await call.request.body();
  // From here to the update nothing waits: what is patched is the newest, and no other write comes in between.
  const before = api.registry.get(type.id, namespace, name);
  if (!before) throw notFound(type, name);
  const {object, warnings} = patched(call, body, before, type, options);
  const stored = api.registry.update(type.id, namedAs(call, object), {
    dryRun: options.dryRun,
    ...(subresource === 'status' && {subresource}),
  });
  await api.registry.durable();
  return withWarnings(api, type, stored, warnings, showObject(api, call, stored), before);
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
