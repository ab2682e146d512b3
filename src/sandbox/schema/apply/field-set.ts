import {isPlainMap} from '../patch/plain.ts';

/**
 * A set of places in an object, as managedFields keeps it: a tree whose branches are named `f:field`,
 * `k:{"name":"web"}` (an element of a list, by its keys) or `v:"value"` (an element of a set).
 */
export interface FieldSet {
  /** The place itself is in the set. */
  readonly own: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

export const noFields: FieldSet = {own: false, children: new Map()};
export const thisField: FieldSet = {own: true, children: new Map()};

/** A set of these branches; empty ones are left out. */
export function branches(children: Iterable<readonly [string, FieldSet]>, own = false): FieldSet {
  return {own, children: new Map([...children].filter(([, child]) => !isEmpty(child)))};
}

export const isEmpty = (set: FieldSet): boolean => !set.own && set.children.size === 0;

export const union = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (inA, inB) => inA || inB);
export const intersection = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (inA, inB) => inA && inB);
/** What is in `a`, and not in `b`. */
export const difference = (a: FieldSet, b: FieldSet): FieldSet => combine(a, b, (inA, inB) => inA && !inB);

function combine(a: FieldSet, b: FieldSet, keep: (inA: boolean, inB: boolean) => boolean): FieldSet {
  const names = new Set([...a.children.keys(), ...b.children.keys()]);
  return branches(
    [...names].map(
      name =>
        [name, combine(a.children.get(name) ?? noFields, b.children.get(name) ?? noFields, keep)] as const,
    ),
    keep(a.own, b.own),
  );
}

/** From the field fieldsV1 of a managedFields entry. */
export function fromFieldsV1(fields: unknown): FieldSet {
  if (!isPlainMap(fields)) return noFields;
  const entries = Object.entries(fields).filter(([name]) => name !== '.');
  // What has no branches is a leaf, and there for itself.
  return branches(
    entries.map(([name, inner]) => [name, fromFieldsV1(inner)] as const),
    '.' in fields || entries.length === 0,
  );
}

/** For the field fieldsV1 of a managedFields entry, with the branches in order. */
export function toFieldsV1({own, children}: FieldSet): Record<string, unknown> {
  const entries = [...children].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...(own && entries.length > 0 && {'.': {}}),
    ...Object.fromEntries(entries.map(([name, child]) => [name, toFieldsV1(child)])),
  };
}

/** All places of the set as messages name and order them, e.g. .spec.containers[name="web"].image */
export function paths(set: FieldSet, path = ''): string[] {
  const sorted = [...set.children].sort(([a], [b]) => (a < b ? -1 : 1));
  const members = sorted.filter(([, {own}]) => own).map(([name]) => `${path}${step(name)}`);
  return [...members, ...sorted.flatMap(([name, child]) => paths(child, `${path}${step(name)}`))];
}

function step(name: string): string {
  const rest = name.slice(2);
  if (name.startsWith('f:')) return `.${rest}`;
  if (name.startsWith('v:')) return `[=${rest}]`;
  const keys = Object.entries(JSON.parse(rest) as Record<string, unknown>);
  return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
}
