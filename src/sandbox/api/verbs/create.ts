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
  const {dryRun, fieldValidation} = parseWriteOptions(call.request, 'CreateOptions');
  const {object, warnings} = await readObject(call.request, type, fieldValidation);
  const stored = api.registry.create(type.id, inNamespaceOf(call, object), {dryRun});
  await api.registry.durable();
  return withWarnings(api, type, stored, warnings, showObject(api, call, stored, 201));
}
