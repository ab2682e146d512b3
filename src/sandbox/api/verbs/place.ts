import type {KubeObject} from '../../objects.ts';
import {badRequest} from '../../status-error.ts';
import type {Call} from '../api.ts';

/**
 * The object in the namespace that the URL names.
 * @throws StatusError 400 when it says it is in another one
 */
export function inNamespaceOf({type, namespace}: Call, object: KubeObject): KubeObject {
  const own = object.metadata?.namespace ?? '';
  if (!type.namespaced) {
    if (own === '') return object;
    const {namespace: _, ...metadata} = object.metadata ?? {};
    return {...object, metadata};
  }
  if (own !== '' && own !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  return {...object, metadata: {...object.metadata, ...(namespace !== undefined && {namespace})}};
}

/**
 * The object in the namespace that the URL names, once it has the URL's name.
 * @throws StatusError 400 when it has another name, or none
 */
export function namedAs(call: Call & {name: string}, object: KubeObject): KubeObject {
  const placed = inNamespaceOf(call, object);
  const own = placed.metadata?.name ?? '';
  if (own === '')
    throw badRequest(
      `the name of the object (${call.name} based on URL) was undeterminable: name must be provided`,
    );
  if (own !== call.name)
    throw badRequest(`the name of the object (${own}) does not match the name on the URL (${call.name})`);
  return placed;
}
