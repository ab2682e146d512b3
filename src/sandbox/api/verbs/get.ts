import {notFound} from '../../status-error.ts';
import type {Answer} from '../answer.ts';
import type {Api, NamedCall} from '../api.ts';
import {showObject} from '../show.ts';

/** GET of one object. Its status is the object, too. */
export async function getObject(api: Api, call: NamedCall): Promise<Answer> {
  const {type, namespace, name} = call;
  const object = api.registry.get(type.id, namespace, name);
  await api.registry.durable();
  if (!object) throw notFound(type, name);
  return showObject(api, call, object);
}
