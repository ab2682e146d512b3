import type {KubeObject} from '../../objects.ts';
import {updatedBy} from '../../schema/updated-by.ts';
import type {Answer} from '../answer.ts';
import type {Api, Call} from '../api.ts';
import {readObject} from '../read-object.ts';
import {showObject} from '../show.ts';
import {withWarnings} from '../warnings.ts';
import {parseWriteOptions} from '../write-options.ts';
import {inNamespaceOf} from './place.ts';

/** POST to a collection. @throws StatusError as the registry's create; 400 when the body is of another namespace */
export async function createObject(api: Api, call: Call): Promise<Answer> {
  const {type} = call;
  const {dryRun, fieldValidation, manager} = parseWriteOptions(call.request, 'CreateOptions');
  const {object, warnings} = await readObject(call.request, type, fieldValidation);
  const owned = updatedBy(undefined, inNamespaceOf(call, object), type, {manager, now: api.clock.now()});
  return storeNew(api, call, owned, dryRun, warnings);
}

/** Creates the object and answers with it. */
export async function storeNew(
  api: Api,
  call: Call,
  object: KubeObject,
  dryRun: boolean,
  warnings: readonly string[],
): Promise<Answer> {
  const stored = api.registry.create(call.type.id, object, {dryRun});
  await api.registry.durable();
  return withWarnings(api, call.type, stored, warnings, showObject(api, call, stored, 201));
}
