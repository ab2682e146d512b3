import {isPlainMap} from './plain.ts';

/** A JSON merge patch (RFC 7396): maps are merged, null removes, anything else replaces. Changes neither of the two. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isPlainMap(patch)) return patch;
  const result = new Map(isPlainMap(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, mergePatch(result.get(key), value));
  }
  return Object.fromEntries(result);
}
