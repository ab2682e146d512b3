/** Parsed JSON that still knows what JSON.parse forgets: the keys that came twice, and how a number was written. */
export type JsonTree = string | boolean | null | JsonNumber | JsonList | JsonMap;
export interface JsonNumber {
  readonly number: string;
}
export interface JsonList {
  readonly items: readonly JsonTree[];
}
/** In the document's order; a key can be in it more than once. */
export interface JsonMap {
  readonly entries: readonly (readonly [key: string, value: JsonTree])[];
}

export const isNumber = (tree: JsonTree): tree is JsonNumber =>
  typeof tree === 'object' && tree !== null && 'number' in tree;
export const isList = (tree: JsonTree): tree is JsonList =>
  typeof tree === 'object' && tree !== null && 'items' in tree;
export const isMap = (tree: JsonTree): tree is JsonMap =>
  typeof tree === 'object' && tree !== null && 'entries' in tree;

/** What Go's JSON decoder calls it in messages. */
export function kindOf(tree: JsonTree): string {
  if (tree === null) return 'null';
  if (isNumber(tree)) return 'number';
  if (isList(tree)) return 'array';
  if (isMap(tree)) return 'object';
  return typeof tree === 'boolean' ? 'bool' : 'string';
}

/** The plain value. Of a key that came twice, the last. */
export function plain(tree: JsonTree): unknown {
  if (tree === null || typeof tree !== 'object') return tree;
  if (isNumber(tree)) return Number(tree.number);
  if (isList(tree)) return tree.items.map(plain);
  return Object.fromEntries(tree.entries.map(([key, value]) => [key, plain(value)]));
}

/** The other way round; for YAML's values also of bigint. */
export function treeOf(value: unknown): JsonTree {
  if (Array.isArray(value)) return {items: value.map(treeOf)};
  if (typeof value === 'bigint' || typeof value === 'number') return {number: String(value)};
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  return {entries: Object.entries(value).map(([key, inner]) => [key, treeOf(inner)] as const)};
}

/** The paths of the fields that come twice, e.g. spec.containers[0].name; each once. */
export function duplicateFields(tree: JsonTree, path = ''): string[] {
  if (tree === null || typeof tree !== 'object' || isNumber(tree)) return [];
  if (isList(tree)) return tree.items.flatMap((item, index) => duplicateFields(item, `${path}[${index}]`));
  const seen = new Set<string>();
  const found = tree.entries.flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const again = seen.has(key);
    seen.add(key);
    return [...(again ? [at] : []), ...duplicateFields(value, at)];
  });
  return [...new Set(found)];
}
