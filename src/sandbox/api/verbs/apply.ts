import {apply} from '../../schema/apply.ts';
import {notFound} from '../../status-error.ts';
import type {Answer} from '../answer.ts';
import type {Api, NamedCall} from '../api.ts';
import type {WriteRequestOptions} from '../write-options.ts';
import {storeNew} from './create.ts';
import {namedAs} from './place.ts';
import {partOf, storeChanged} from './update.ts';

/** Server-side apply: a PATCH that creates what is not there. @throws StatusError 409 with the fields of others */
export async function applyObject(
  api: Api,
  call: NamedCall,
  {manager, force, dryRun}: WriteRequestOptions,
): Promise<Answer> {
  const {type, namespace, name, subresource} = call;
  const body = await call.request.body();
  const before = api.registry.get(type.id, namespace, name);
  if (!before && subresource !== undefined) throw notFound(type, name);
  const request = {body, manager, force, ...partOf(call), now: api.clock.now()};
  const object = namedAs(call, apply(before, type, request));
  return before
    ? storeChanged(api, call, before, object, dryRun, [])
    : storeNew(api, call, object, dryRun, []);
}
