import type {OwnerReference} from 'kubernetes-types/meta/v1.d.ts';
import type {ResourceId, Stored} from '../../objects.ts';
import type {Registry} from '../../registry/registry.ts';
import {StatusError} from '../../status-error.ts';

/** An object, and which resource it is of. */
export interface Located {
  resource: ResourceId;
  object: Stored;
}

/** What names this object as an owner. */
export const dependentsOf = (registry: Registry, {metadata}: Stored): Located[] =>
  registry.ownedBy(metadata.uid).map(object => ({resource: registry.resourceOf(object).id, object}));

/** The object that a reference means; undefined when it is gone, or another one has its name now. */
export function ownerOf(
  registry: Registry,
  {metadata}: Stored,
  {apiVersion, kind, name, uid}: OwnerReference,
): Located | undefined {
  const type = resourceType(registry, apiVersion, kind);
  if (!type) return undefined;
  const namespace = type.namespaced ? metadata.namespace : undefined;
  const object = registry.get(type.id, namespace, name) as Stored | undefined;
  return object?.metadata.uid === uid ? {resource: type.id, object} : undefined;
}

/** Undefined for a kind that is not served: whether such an owner is there, nobody knows. */
export function resourceType(registry: Registry, apiVersion: string, kind: string) {
  try {
    return registry.resourceOf({apiVersion, kind});
  } catch (error) {
    if (error instanceof StatusError) return undefined;
    throw error;
  }
}

export const objectKey = (resource: ResourceId, {metadata: {namespace, name}}: Stored) =>
  [resource, namespace ?? '', name].join('/');

/** What `objectKey` put together. */
export function fromObjectKey(key: string) {
  const [resource = '', namespace = '', name = ''] = key.split('/');
  return {resource: resource as ResourceId, namespace: namespace === '' ? undefined : namespace, name};
}
