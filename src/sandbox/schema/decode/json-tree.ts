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
