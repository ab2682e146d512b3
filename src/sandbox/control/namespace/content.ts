import type {Stored} from '../../objects.ts';
import type {Registry} from '../../registry/registry.ts';
import type {ResourceType} from '../../registry/resource-type.ts';

/** What is left of one resource in a namespace. */
export interface Remaining {
  /** As conditions name it, e.g. pods. or deployments.apps */
  resource: string;
  count: number;
  /** How many objects each finalizer holds. */
  finalizers: ReadonlyMap<string, number>;
}

/**
 * Deletes all that is in a namespace: first its Pods, and when the last is gone, the rest.
 * @returns what is left now; undefined while it is still about the Pods
 */
export function emptyNamespace(registry: Registry, namespace: string): Remaining[] | undefined {
  const types = [...registry.types.values()].filter(({namespaced}) => namespaced);
  const isPods = ({id}: ResourceType) => id === 'pods';
  for (const type of types.filter(isPods)) deleteAll(registry, type, namespace);
  if (registry.list('pods', namespace).length > 0) return undefined;
  for (const type of types.filter(type => !isPods(type))) deleteAll(registry, type, namespace);
  return types.flatMap(type => remaining(registry, type, namespace));
}

function deleteAll(registry: Registry, {id}: ResourceType, namespace: string) {
  for (const {metadata} of registry.list(id, namespace) as readonly Stored[])
    if (metadata.deletionTimestamp === undefined)
      registry.delete(id, namespace, metadata.name, {propagationPolicy: 'Background'});
}

function remaining(registry: Registry, {id, group, resource}: ResourceType, namespace: string): Remaining[] {
  const objects = registry.list(id, namespace) as readonly Stored[];
  if (objects.length === 0) return [];
  const finalizers = new Map<string, number>();
  for (const finalizer of objects.flatMap(({metadata}) => metadata.finalizers ?? []))
    finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
  return [{resource: `${resource}.${group}`, count: objects.length, finalizers}];
}
