import type {KubeObject, Stored} from '../../objects.ts';
import {updatedBy} from '../../schema/updated-by.ts';
import {notFound} from '../../status-error.ts';
import type {Answer} from '../answer.ts';
import type {Api, NamedCall} from '../api.ts';
import {readObject} from '../read-object.ts';
import {showObject} from '../show.ts';
import {withWarnings} from '../warnings.ts';
import {parseWriteOptions} from '../write-options.ts';
import {namedAs} from './place.ts';

/** PUT of one object, or of its status. @throws StatusError as the registry's update */
export async function updateObject(api: Api, call: NamedCall): Promise<Answer> {
  const {type, namespace, name} = call;
  const {dryRun, fieldValidation, manager} = parseWriteOptions(call.request, 'UpdateOptions');
  const {object, warnings} = await readObject(call.request, type, fieldValidation);
  const placed = namedAs(call, object);
  const before = api.registry.get(type.id, namespace, name);
  if (!before) throw notFound(type, name);
  const owned = updatedBy(before, placed, type, {manager, ...partOf(call), now: api.clock.now()});
  return storeChanged(api, call, before, owned, dryRun, warnings);
}

/** Which part of the object a request writes. */
export const partOf = ({subresource}: NamedCall): {subresource?: 'status'} =>
  subresource === 'status' ? {subresource} : {};

/** Updates the object and answers with it. */
export async function storeChanged(
  api: Api,
  call: NamedCall,
  before: Stored,
  object: KubeObject,
  dryRun: boolean,
  warnings: readonly string[],
): Promise<Answer> {
  const stored = api.registry.update(call.type.id, object, {dryRun, ...partOf(call)});
  await api.registry.durable();
  return withWarnings(api, call.type, stored, warnings, showObject(api, call, stored), before);
}
