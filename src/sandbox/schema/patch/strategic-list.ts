import {StatusError} from '../../status-error.ts';
import {goFormat} from './go-format.ts';
import {equal, isPlainMap, type PlainMap} from './plain.ts';

/**
 * Merges two lists of a strategic merge patch: elements with the same merge key become one.
 * @param mergeKey undefined for lists of primitives, of which each value is kept once
 * @throws StatusError 500 for an element without its merge key, or with a directive that nobody knows
 */
export function mergeLists(
  target: readonly unknown[],
  patch: readonly unknown[],
  mergeKey: string | undefined,
  merge: (item: PlainMap, change: PlainMap) => PlainMap,
): unknown[] {
  checkSameKind(target, patch);
  const same = sameBy(mergeKey);
  if (patch.some(item => isPlainMap(item) && item.$patch === 'replace'))
    return patch.filter(item => !(isPlainMap(item) && item.$patch === 'replace')).map(withoutDirectives);
  const result = [...target];
  const changes: unknown[] = [];
  for (const item of patch) {
    checkElement(item, mergeKey);
    const at = result.findIndex(one => same(one, item));
    const found = result[at];
    if (isPlainMap(item) && item.$patch === 'delete') {
      if (at >= 0) result.splice(at, 1);
      continue;
    }
    changes.push(item);
    if (at < 0) result.push(withoutDirectives(item));
    else if (isPlainMap(found) && isPlainMap(item)) result[at] = merge(found, item);
  }
  return inOrder(result, changes, target, same);
}

/**
 * Puts a merged list in the order of a `$setElementOrder` directive.
 * @param patch the elements that the patch brought, if any: they have to be in the same order
 * @throws StatusError 500 when they are not
 */
export function sortBySetOrder(
  merged: unknown,
  patch: unknown,
  order: unknown,
  before: unknown,
  mergeKey: string | undefined,
): unknown {
  if (!Array.isArray(merged) || !Array.isArray(order)) return merged;
  const same = sameBy(mergeKey);
  const brought = (Array.isArray(patch) ? patch : []).filter(
    item => !isPlainMap(item) || item.$patch === undefined,
  );
  const places = brought.map(item => order.findIndex(one => same(one, item)));
  if (places.some((place, index) => place <= (places[index - 1] ?? -1)))
    throw new StatusError(
      500,
      '',
      `The order in patch list:\n${goFormat(patch)}\n doesn't match $setElementOrder list:\n${goFormat(order)}\n`,
    );
  return inOrder(merged, order, Array.isArray(before) ? before : [], same);
}

/** A value of a patch that has nothing to be merged with: without directives, and without the nulls of maps. */
export function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value))
    return value.filter(item => !isPlainMap(item) || item.$patch !== 'delete').map(withoutDirectives);
  if (!isPlainMap(value)) return value;
  const kept = Object.entries(value).filter(([key, inner]) => !key.startsWith('$') && inner !== null);
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutDirectives(inner)]));
}

type Same = (a: unknown, b: unknown) => boolean;

const sameBy =
  (mergeKey: string | undefined): Same =>
  (a, b) =>
    mergeKey === undefined ? equal(a, b) : isPlainMap(a) && isPlainMap(b) && equal(a[mergeKey], b[mergeKey]);

/** Those in `order` come in that order, the others where they stood before relative to them. */
function inOrder(
  list: readonly unknown[],
  order: readonly unknown[],
  before: readonly unknown[],
  same: Same,
) {
  const place = (item: unknown, among: readonly unknown[]) => among.findIndex(one => same(one, item));
  const sorted = (items: unknown[], among: readonly unknown[]) =>
    items.toSorted((a, b) => place(a, among) - place(b, among));
  const ordered = sorted(
    list.filter(item => place(item, order) >= 0),
    order,
  );
  const others = sorted(
    list.filter(item => place(item, order) < 0),
    before,
  );
  const result: unknown[] = [];
  for (const next of ordered) {
    const at = place(next, before);
    while (at >= 0 && others.length > 0 && place(others[0], before) < at) result.push(others.shift());
    result.push(next);
  }
  return [...result, ...others];
}

function checkSameKind(target: readonly unknown[], patch: readonly unknown[]): void {
  const kinds = new Set([...target, ...patch].map(item => (isPlainMap(item) ? 'map' : typeof item)));
  if (kinds.size > 1)
    throw new StatusError(500, '', `list element types are not identical: ${goFormat([target, patch])}`);
}

function checkElement(item: unknown, mergeKey: string | undefined): void {
  if (!isPlainMap(item)) return;
  const {$patch: directive} = item;
  if (directive !== undefined && directive !== 'delete' && directive !== 'merge')
    throw new StatusError(500, '', `unknown patch type: ${goFormat(directive)} in map: ${goFormat(item)}`);
  if (mergeKey !== undefined && item[mergeKey] === undefined)
    throw new StatusError(500, '', `map: ${goFormat(item)} does not contain declared merge key: ${mergeKey}`);
}
