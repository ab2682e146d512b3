import {isList, isMap, isNumber, type JsonTree, kindOf} from './json-tree.ts';

/** Where a value is, and what it should be. */
export interface Slot {
  /** As in FieldFacts. */
  type: string;
  goType: string;
  /** The struct whose field it is in, by Go's name, e.g. PodSpec; '' at the root. */
  struct: string;
  /** The fields on the way there, with embedded structs and without indexes: Go's messages have it. */
  goPath: readonly string[];
  /** With indexes and keys: the API's messages have it. */
  path: string;
}

/**
 * Says that a value does not fit.
 * @param outOfRange it is a number, but not of this kind of integer
 */
export type MismatchWords = (tree: JsonTree, slot: Slot, outOfRange: boolean) => string;

/** As Go's JSON decoder says it: of what a client sends, and of the outcome of JSON and merge patches. */
export const decoderWords: MismatchWords = (tree, {goType, struct, goPath}, outOfRange) => {
  const literal = outOfRange && isNumber(tree) ? ` ${tree.number}` : '';
  const where = struct === '' ? 'value' : `struct field ${[struct, ...goPath].join('.')}`;
  return `json: cannot unmarshal ${kindOf(tree)}${literal} into Go ${where} of type ${goType}`;
};

/** As the API's converter says it: of the outcome of strategic merge patches. */
export const converterWords: MismatchWords = (tree, slot) => {
  const kind = convertedKind(tree);
  if (slot.type.endsWith('.IntOrString'))
    return `json: cannot unmarshal ${kindOf(tree)} into Go value of type ${slot.goType}`;
  if (slot.type.startsWith('[]') || slot.type === 'byte') return `cannot restore slice from ${kind}`;
  if (slot.type.startsWith('{}')) return `cannot restore map from ${kind}`;
  if (slot.type.startsWith('io.k8s.')) return `cannot restore struct from: ${kind}`;
  const integer = slot.type === 'int32' || slot.type === 'int64';
  // Go could make a string of an integer's code point, and an integer of a fraction: refused in other words.
  if (isNumber(tree) && (integer || (slot.type === 'string' && kind === 'int64')))
    return `cannot convert ${kind} to ${slot.goType}`;
  return `unrecognized type: ${slot.type === 'boolean' ? 'bool' : slot.type}`;
};

/** What Go's converter has made of a JSON value. */
function convertedKind(tree: JsonTree): string {
  if (isMap(tree)) return 'map';
  if (isList(tree)) return 'slice';
  if (isNumber(tree)) return /^-?[0-9]+$/.test(tree.number) ? 'int64' : 'float64';
  return kindOf(tree);
}
