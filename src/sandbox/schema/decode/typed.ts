import {derivedGoType, goItemType, goTypeOf} from '../go-type.ts';
import {formatQuantity, parseQuantity, roundToMilli} from '../quantity.ts';
import {type FieldFacts, typeNamed} from '../types.ts';
import {illegalBase64At} from './base64.ts';
import {isList, isMap, isNumber, type JsonTree, plain} from './json-tree.ts';
import {decoderWords, type MismatchWords, type Slot} from './mismatch.ts';
import {readTime} from './time.ts';

/** What a value of a known type turned out to be. */
export interface Typed {
  /** With quantities, times and base64 as the API writes them, and without unknown fields. */
  value: unknown;
  /** What strict validation minds, e.g. unknown field "spec.foo"; each once, in the document's order. */
  strict: string[];
}

/** A value that does not fit its type. */
export class TypeMismatch extends Error {
  override readonly name = 'TypeMismatch';
}

/**
 * Reads JSON as a struct.
 * @param type e.g. io.k8s.api.core.v1.Pod
 * @param words how to say that a value does not fit
 * @throws TypeMismatch for the first value that does not fit; QuantityError, TimeError
 */
export function readTyped(tree: JsonTree, type: string, words: MismatchWords = decoderWords): Typed {
  const reading: Reading = {words, strict: new Set()};
  const value = readValue(reading, tree, {
    type,
    goType: derivedGoType(type),
    struct: '',
    goPath: [],
    path: '',
  });
  if (reading.mismatch) throw reading.mismatch;
  return {value, strict: [...reading.strict]};
}

/** Go's decoder goes on after a value of the wrong type: what it says is about the first. */
interface Reading {
  words: MismatchWords;
  strict: Set<string>;
  mismatch?: TypeMismatch;
}

function readValue(reading: Reading, tree: JsonTree, slot: Slot): unknown {
  const {type} = slot;
  if (type.startsWith('[]')) return readItems(reading, tree, slot);
  if (type.startsWith('{}')) return readEntries(reading, tree, slot);
  const facts = typeNamed(type);
  if (facts?.fields) return readStruct(reading, tree, slot, facts.fields);
  return readScalar(reading, tree, slot, facts?.scalar ?? type);
}

function readStruct(
  reading: Reading,
  tree: JsonTree,
  slot: Slot,
  fields: Record<string, FieldFacts>,
): unknown {
  if (tree === null) return {};
  if (!isMap(tree)) return mismatch(reading, tree, slot);
  const result: Record<string, unknown> = {};
  const seen = new Set<string>();
  for (const [name, value] of tree.entries) {
    const path = slot.path === '' ? name : `${slot.path}.${name}`;
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      reading.strict.add(`unknown field ${JSON.stringify(path)}`);
      continue;
    }
    if (seen.has(name)) reading.strict.add(`duplicate field ${JSON.stringify(path)}`);
    seen.add(name);
    delete result[name];
    if (value === null) continue;
    const read = readValue(reading, value, {
      type: field.type,
      goType: goTypeOf(field),
      struct: slot.type.slice(slot.type.lastIndexOf('.') + 1),
      goPath: [...slot.goPath, ...(field.embeddedIn ? [field.embeddedIn] : []), name],
      path,
    });
    if (!(field.omitsZero && isZero(read))) result[name] = read;
  }
  return result;
}

function isZero(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === '' || value === 0 || value === false;
}

function readItems(reading: Reading, tree: JsonTree, slot: Slot): unknown {
  if (!isList(tree)) return mismatch(reading, tree, slot);
  const item = {...slot, type: slot.type.slice(2), goType: goItemType(slot.goType)};
  return tree.items.map((inner, index) =>
    readValue(reading, inner, {...item, path: `${slot.path}[${index}]`}),
  );
}

function readEntries(reading: Reading, tree: JsonTree, slot: Slot): unknown {
  if (!isMap(tree)) return mismatch(reading, tree, slot);
  const item = {...slot, type: slot.type.slice(2), goType: goItemType(slot.goType)};
  const result = new Map<string, unknown>();
  for (const [key, inner] of tree.entries) {
    const path = `${slot.path}.${key}`;
    if (result.has(key)) reading.strict.add(`duplicate field ${JSON.stringify(path)}`);
    const value = readValue(reading, inner, {...item, path});
    // All amounts of resources are rounded by the API.
    result.set(key, isQuantity(item.type) && typeof value === 'string' ? milli(value) : value);
  }
  return Object.fromEntries(result);
}

const isQuantity = (type: string) => typeNamed(type)?.scalar === 'quantity';
const milli = (quantity: string) => formatQuantity(roundToMilli(parseQuantity(quantity)));

function readScalar(reading: Reading, tree: JsonTree, slot: Slot, scalar: string): unknown {
  switch (scalar) {
    case 'string':
      return typeof tree === 'string' ? tree : tree === null ? '' : mismatch(reading, tree, slot);
    case 'boolean':
      return typeof tree === 'boolean' ? tree : tree === null ? false : mismatch(reading, tree, slot);
    case 'int32':
    case 'int64':
      return tree === null ? 0 : readInteger(reading, tree, slot, scalar);
    case 'double':
      return tree === null ? 0 : isNumber(tree) ? Number(tree.number) : mismatch(reading, tree, slot);
    case 'int-or-string':
      return typeof tree === 'string' ? tree : tree === null ? 0 : readInteger(reading, tree, slot, 'int32');
    case 'quantity':
      return readQuantity(tree);
    case 'date-time':
      return readDateTime(reading, tree, slot);
    case 'byte':
      return readBytes(reading, tree, slot);
    default:
      return plain(tree);
  }
}

function readInteger(reading: Reading, tree: JsonTree, slot: Slot, scalar: 'int32' | 'int64'): unknown {
  if (!isNumber(tree)) return mismatch(reading, tree, slot);
  const fits =
    /^-?[0-9]+$/.test(tree.number) && BigInt.asIntN(scalar === 'int32' ? 32 : 64, BigInt(tree.number));
  if (fits === false || fits !== BigInt(tree.number)) return mismatch(reading, tree, slot, true);
  return Number(tree.number);
}

function readQuantity(tree: JsonTree): string {
  if (tree === null) return '0';
  const text = typeof tree === 'string' ? tree : isNumber(tree) ? tree.number : 'no quantity';
  return formatQuantity(parseQuantity(text.trim()));
}

function readDateTime(reading: Reading, tree: JsonTree, slot: Slot): unknown {
  if (tree === null) return null;
  if (typeof tree !== 'string') return mismatch(reading, tree, slot);
  return readTime(tree, slot.type.endsWith('.MicroTime') ? 'microseconds' : 'seconds');
}

function readBytes(reading: Reading, tree: JsonTree, slot: Slot): unknown {
  if (tree === null) return null;
  if (typeof tree !== 'string') return mismatch(reading, tree, slot);
  const illegal = illegalBase64At(tree);
  if (illegal !== undefined)
    reading.mismatch ??= new TypeMismatch(`illegal base64 data at input byte ${illegal}`);
  return Buffer.from(tree, 'base64').toString('base64');
}

function mismatch(reading: Reading, tree: JsonTree, slot: Slot, outOfRange = false): undefined {
  reading.mismatch ??= new TypeMismatch(reading.words(tree, slot, outOfRange));
}
