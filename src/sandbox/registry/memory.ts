import type {Pod} from 'kubernetes-types/core/v1.d.ts';
import type {ResourceId, Stored} from '../objects.ts';
import {type SortedObjects, sortedObjects} from './sorted-objects.ts';

/** The newest state of all objects, and where to find them by what they belong to. */
export interface Memory {
  of(resource: ResourceId): SortedObjects;
  ownedBy(uid: string): readonly Stored[];
  podsOn(node: string): readonly Stored[];
  /** Replaces `before` by `after`; one of them may be missing. */
  replace(resource: ResourceId, before: Stored | undefined, after: Stored | undefined): void;
}

export function memory(): Memory {
  const resources = new Map<ResourceId, SortedObjects>();
  const owned = index(object => object.metadata.ownerReferences?.map(({uid}) => uid) ?? []);
  const onNode = index(pod => {
    const node = (pod as Stored<Pod>).spec?.nodeName;
    return node ? [node] : [];
  });

  const of = (resource: ResourceId) => {
    const known = resources.get(resource) ?? sortedObjects();
    resources.set(resource, known);
    return known;
  };
  return {
    of,
    ownedBy: owned.get,
    podsOn: onNode.get,
    replace(resource, before, after) {
      if (after) of(resource).put(after);
      else if (before) of(resource).remove(before);
      owned.replace(before, after);
      if (resource === 'pods') onNode.replace(before, after);
    },
  };
}

/** Finds objects by keys that they carry. */
function index(keysOf: (object: Stored) => readonly string[]) {
  const byKey = new Map<string, Map<string, Stored>>();
  return {
    get: (key: string): readonly Stored[] => [...(byKey.get(key)?.values() ?? [])],
    replace(before: Stored | undefined, after: Stored | undefined) {
      const keys = after ? keysOf(after) : [];
      if (before) for (const key of keysOf(before)) if (!keys.includes(key)) forget(key, before.metadata.uid);
      if (after) for (const key of keys) entry(key).set(after.metadata.uid, after);
    },
  };

  function entry(key: string): Map<string, Stored> {
    const found = byKey.get(key) ?? new Map<string, Stored>();
    byKey.set(key, found);
    return found;
  }
  function forget(key: string, uid: string): void {
    const found = byKey.get(key);
    found?.delete(uid);
    if (found?.size === 0) byKey.delete(key);
  }
}
