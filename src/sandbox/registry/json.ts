/** A deep copy that may be edited. What JSON has no place for (undefined) is left out. */
export function editable<T>(value: T): T {
  if (Array.isArray(value)) return value.map(editable) as T;
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(value)) if (field !== undefined) copy[key] = editable(field);
  return copy as T;
}

/**
 * The value frozen, without undefined fields, and sharing with `before` every part that is the same.
 * When nothing differs it is `before` itself.
 */
export function settled<T>(value: T, before?: unknown): T {
  if (Object.is(value, before)) return value;
  if (Array.isArray(value)) return settledList(value, before) as T;
  if (!isObject(value)) return value;
  const old = isObject(before) ? before : undefined;
  const next: Record<string, unknown> = {};
  let fields = 0;
  let same = old !== undefined;
  for (const [key, field] of Object.entries(value)) {
    if (field === undefined) continue;
    fields += 1;
    next[key] = settled(field, old?.[key]);
    same &&= Object.is(next[key], old?.[key]);
  }
  return (same && old && fields === Object.keys(old).length ? old : Object.freeze(next)) as T;
}

function settledList(list: readonly unknown[], before: unknown): readonly unknown[] {
  const old = Array.isArray(before) ? before : undefined;
  const next = list.map((item, index) => settled(item, old?.[index]));
  const same = old?.length === next.length && next.every((item, index) => Object.is(item, old[index]));
  return same ? old : Object.freeze(next);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
