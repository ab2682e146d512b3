import type {Answer} from '../answer.ts';
import type {Api, NamedCall} from '../api.ts';
import {readObject} from '../read-object.ts';
import {showObject} from '../show.ts';
import {withWarnings} from '../warnings.ts';
import {parseWriteOptions} from '../write-options.ts';
import {namedAs} from './place.ts';

/** PUT of one object, or of its status. @throws StatusError as the registry's update */
export async function updateObject(api: Api, call: NamedCall): Promise<Answer> {
  const {type, namespace, name, subresource} = call;
  const {dryRun, fieldValidation} = parseWriteOptions(call.request, 'UpdateOptions');
  const {object, warnings} = await readObject(call.request, type, fieldValidation);
  const before = api.registry.get(type.id, namespace, name);
  const stored = api.registry.update(type.id, namedAs(call, object), {
    dryRun,
    ...(subresource === 'status' && {subresource}),
  });
  await api.registry.durable();
  return withWarnings(api, type, stored, warnings, showObject(api, call, stored), before);
}
