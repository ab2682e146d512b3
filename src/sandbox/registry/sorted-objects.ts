import type {Stored} from '../objects.ts';

/** One resource's objects, in etcd's order: by `namespace/name`, byte for byte. */
export interface SortedObjects {
  get(namespace: string | undefined, name: string): Stored | undefined;
  /** A snapshot; the same array until something is written. */
  list(namespace?: string): readonly Stored[];
  put(object: Stored): void;
  remove(object: Stored): void;
}

/**
 * Kept as a sorted array: a write moves pointers, which up to many thousand objects costs next to nothing beside
 * the write itself, and a list is a copy.
 */
export function sortedObjects(): SortedObjects {
  const byKey = new Map<string, Stored>();
  const keys: string[] = [];
  const objects: Stored[] = [];
  const snapshots = new Map<string, readonly Stored[]>();

  return {
    get: (namespace, name) => byKey.get(keyOf(namespace, name)),
    list(namespace) {
      const known = snapshots.get(namespace ?? '');
      if (known) return known;
      const list = Object.freeze(namespace === undefined ? [...objects] : within(namespace));
      snapshots.set(namespace ?? '', list);
      return list;
    },
    put(object) {
      const key = keyOf(object.metadata.namespace, object.metadata.name);
      const index = lowerBound(keys, key);
      if (byKey.has(key)) objects[index] = object;
      else {
        keys.splice(index, 0, key);
        objects.splice(index, 0, object);
      }
      byKey.set(key, object);
      snapshots.clear();
    },
    remove(object) {
      const key = keyOf(object.metadata.namespace, object.metadata.name);
      if (!byKey.delete(key)) return;
      const index = lowerBound(keys, key);
      keys.splice(index, 1);
      objects.splice(index, 1);
      snapshots.clear();
    },
  };

  /** '0' is the character after '/'. */
  function within(namespace: string): Stored[] {
    return objects.slice(lowerBound(keys, `${namespace}/`), lowerBound(keys, `${namespace}0`));
  }
}

const keyOf = (namespace: string | undefined, name: string) =>
  namespace === undefined ? name : `${namespace}/${name}`;

/** The index of the first key that is not smaller. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
