import {applyPatch, type Operation, Pointer} from 'rfc6902';
import {StatusError} from '../../status-error.ts';
import {isPlainMap} from './plain.ts';

/** One operation of a JSON patch as it was sent: nothing about it is sure. */
export interface SentOperation {
  op?: string;
  path?: string;
  from?: string;
  value?: unknown;
}

/** The most operations that the API takes in one patch. */
export const maxOperations = 10_000;

/**
 * A JSON patch (RFC 6902), as leniently as the API reads it. Does not change its target.
 * @throws StatusError Invalid, with the API's one sentence for all that can be wrong
 */
export function jsonPatch(target: object, operations: readonly SentOperation[]): unknown {
  // The library sets a root's new value on what it was given.
  const document = {root: structuredClone(target)};
  for (const sent of operations) {
    const operation = complete(document, sent);
    const [error] = operation ? applyPatch(document, [operation]) : [new Error('incomplete')];
    if (error) throw rejected();
  }
  return document.root;
}

const rejected = () =>
  new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {});

/**
 * The operation as the library wants it. The API takes a value that is not there for null, lets `replace` and
 * `copy` have a target or source that does not exist, and counts negative indexes from the end.
 */
function complete(document: {root: unknown}, sent: SentOperation): Operation | undefined {
  const path = locate(document, sent.path);
  const from = locate(document, sent.from);
  const {op, value = null} = sent;
  if (!path) return undefined;
  if (op === 'add' || op === 'test') return {op, path: path.pointer, value};
  if (op === 'remove') return {op, path: path.pointer};
  if (op === 'replace') return {op: path.missing ? 'add' : 'replace', path: path.pointer, value};
  if (op === 'move' && from) return {op, path: path.pointer, from: from.pointer};
  if (op !== 'copy' || !from) return undefined;
  if (from.missing) return {op: 'add', path: path.pointer, value: null};
  return {op, path: path.pointer, from: from.pointer};
}

/** The pointer below `root`, and whether only its last part is missing. */
function locate(document: {root: unknown}, path: string | undefined) {
  if (path === undefined || (path !== '' && !path.startsWith('/'))) return undefined;
  const pointer = Pointer.fromJSON(`/root${path}`);
  const {parent, key, value} = pointer.evaluate(document);
  if (Array.isArray(parent)) return inList(pointer.toString(), key, parent.length);
  if (!isPlainMap(parent)) return undefined;
  return {pointer: pointer.toString(), missing: value === undefined};
}

function inList(pointer: string, key: string, length: number) {
  if (!/^(?:-|-?[0-9]+)$/.test(key)) return undefined;
  const index = Number(key);
  const fromEnd = index < 0 ? pointer.replace(/-[0-9]+$/, String(length + index)) : pointer;
  return {pointer: fromEnd, missing: false};
}
