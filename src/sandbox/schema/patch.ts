import type {KubeObject, Stored} from '../objects.ts';
import {badRequest, StatusError} from '../status-error.ts';
import {duplicateFields, isList, isMap, type JsonTree, kindOf, plain, treeOf} from './decode/json-tree.ts';
import {converterWords} from './decode/mismatch.ts';
import {JsonError, parseJson} from './decode/parse-json.ts';
import {type Decoded, decodeTree, type FieldValidation, orElse, strictError} from './decode.ts';
import {goFormat} from './patch/go-format.ts';
import {jsonPatch, maxOperations, type SentOperation} from './patch/json.ts';
import {mergePatch} from './patch/merge.ts';
import {isPlainMap, type PlainMap} from './patch/plain.ts';
import {strategicMergePatch} from './patch/strategic.ts';
import {type GroupVersionKind, parseGroupVersion, typeOfKind} from './types.ts';
import {inMessageOrder} from './written-order.ts';

/** The media types of patches that change what is there. For application/apply-patch+yaml see `apply`. */
export const patchTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
] as const;
export type PatchType = (typeof patchTypes)[number];

/**
 * The object as it is after a patch. Names, versions and what may not change are for others to check.
 * @throws StatusError BadRequest when the patch is none; Invalid when it does not fit the object, or when what
 * comes out does not fit the kind
 */
export function patch(
  before: Stored,
  kind: GroupVersionKind,
  mediaType: PatchType,
  body: Uint8Array,
  validation: FieldValidation,
): Decoded {
  const outcome = outcomeOf(before, kind, mediaType, new TextDecoder().decode(body));
  const {object, strict} = orElse(outcome.decode, why => invalid(outcome.shown(), why));
  const minded = [...outcome.strict, ...strict];
  if (validation === 'Strict' && minded.length > 0) throw invalid(outcome.shown(), strictError(minded));
  return {object, warnings: validation === 'Warn' ? minded : []};
}

/** A patched object before it is read as its kind. */
interface Outcome {
  decode(): {object: KubeObject; strict: string[]};
  /** What strict validation minds about the patch itself. */
  strict: string[];
  /** What an error shows of it. */
  shown(): string;
}

function outcomeOf(before: Stored, kind: GroupVersionKind, mediaType: PatchType, text: string): Outcome {
  switch (mediaType) {
    case 'application/json-patch+json': {
      const {operations, strict} = readOperations(parse(text, 'error decoding patch: '));
      return decodedOutcome(jsonPatch(before, operations), strict, kind);
    }
    case 'application/merge-patch+json': {
      const tree = parse(text, 'error decoding patch: ');
      if (tree === null) throw badRequest('Invalid JSON Patch');
      return decodedOutcome(
        mergePatch(before, mapIn(tree, 'error decoding patch: ')),
        duplicates(tree),
        kind,
      );
    }
    case 'application/strategic-merge-patch+json': {
      const tree = parse(text, '');
      return strategicOutcome(before, tree === null ? {} : mapIn(tree, ''), duplicates(tree), kind);
    }
  }
}

/** The whole object is read anew, by the kind that it now says it is. */
function decodedOutcome(patched: unknown, strict: string[], expected: GroupVersionKind): Outcome {
  const {apiVersion, kind} = isPlainMap(patched) ? patched : {};
  return {
    decode: () =>
      decodeTree(treeOf(patched), {
        ...(typeof apiVersion === 'string' ? parseGroupVersion(apiVersion) : expected),
        kind: typeof kind === 'string' ? kind : expected.kind,
      }),
    strict,
    shown: () => JSON.stringify(isPlainMap(patched) ? inMessageOrder(patched) : patched),
  };
}

function strategicOutcome(
  before: Stored,
  change: PlainMap,
  strict: string[],
  kind: GroupVersionKind,
): Outcome {
  const patched = strategicMergePatch({...before}, change, typeOfKind(kind) ?? '');
  return {
    decode: () => decodeTree(treeOf(patched), kind, converterWords),
    strict,
    shown: () => goFormat(change),
  };
}

function parse(text: string, prefix: string): JsonTree {
  try {
    return parseJson(text);
  } catch (error) {
    throw error instanceof JsonError ? badRequest(`${prefix}${error.message}`) : error;
  }
}

function mapIn(tree: JsonTree, prefix: string): PlainMap {
  if (isMap(tree)) return plain(tree) as PlainMap;
  throw badRequest(
    `${prefix}json: cannot unmarshal ${kindOf(tree)} into Go value of type map[string]interface {}`,
  );
}

const duplicates = (tree: JsonTree) =>
  duplicateFields(tree).map(path => `duplicate field ${JSON.stringify(path)}`);

const operationFields = ['op', 'path', 'from', 'value'];

/** @throws StatusError BadRequest, RequestEntityTooLarge */
function readOperations(tree: JsonTree): {operations: SentOperation[]; strict: string[]} {
  const wrong = (found: JsonTree, where: string) =>
    badRequest(`error decoding patch: json: cannot unmarshal ${kindOf(found)} into Go ${where}`);
  if (tree === null) return {operations: [], strict: []};
  if (!isList(tree)) throw wrong(tree, 'value of type []handlers.jsonPatchOp');
  if (tree.items.length > maxOperations)
    throw new StatusError(
      413,
      'RequestEntityTooLarge',
      `Request entity too large: The allowed maximum operations in a JSON patch is ${maxOperations}, got ${tree.items.length}`,
    );
  const strict: string[] = [];
  const operations = tree.items.map((item, index) => {
    if (item === null) return {};
    if (!isMap(item)) throw wrong(item, 'value of type handlers.jsonPatchOp');
    for (const [name, value] of item.entries) {
      if (!operationFields.includes(name)) strict.push(`json patch unknown field "[${index}].${name}"`);
      else if (name !== 'value' && value !== null && typeof value !== 'string')
        throw wrong(value, `struct field jsonPatchOp.${name} of type string`);
    }
    return plain(item) as SentOperation;
  });
  return {operations, strict};
}

function invalid(shown: string, why: string): StatusError {
  const message = `Invalid value: ${JSON.stringify(shown)}: ${why}`;
  return new StatusError(422, 'Invalid', ` "" is invalid: patch: ${message}`, {
    causes: [{reason: 'FieldValueInvalid', message, field: 'patch'}],
  });
}
