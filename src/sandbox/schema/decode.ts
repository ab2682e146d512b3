import type {KubeObject} from '../objects.ts';
import {badRequest, StatusError} from '../status-error.ts';
import {isMap, type JsonMap, type JsonTree, kindOf} from './decode/json-tree.ts';
import {decoderWords, type MismatchWords} from './decode/mismatch.ts';
import {JsonError, parseJson} from './decode/parse-json.ts';
import {parseYaml, YamlError} from './decode/parse-yaml.ts';
import {TimeError} from './decode/time.ts';
import {readTyped, TypeMismatch} from './decode/typed.ts';
import {QuantityError} from './quantity.ts';
import {type GroupVersionKind, groupVersion, parseGroupVersion, typeOfKind} from './types.ts';

/** What to do about fields that are unknown or come twice: the query parameter fieldValidation. */
export type FieldValidation = 'Ignore' | 'Warn' | 'Strict';

export interface Decoded {
  /** With apiVersion and kind, and quantities, times and base64 as the API writes them. */
  object: KubeObject;
  /** For the client's Warning headers. */
  warnings: string[];
}

/**
 * Reads the body of a request as an object of the kind that the URL asks for.
 * @param mediaType the Content-Type; JSON when there is none
 * @throws StatusError BadRequest, UnsupportedMediaType
 */
export function decode(
  body: Uint8Array,
  mediaType: string | undefined,
  expected: GroupVersionKind,
  validation: FieldValidation,
): Decoded {
  const {tree, duplicates} = parse(body, mediaType, expected);
  const actual = kindIn(tree, body, expected);
  const cannot = (why: string) =>
    badRequest(
      `${actual.kind} in version ${JSON.stringify(actual.version)} cannot be handled as a ${expected.kind}: ${why}`,
    );
  const result = orElse(() => decodeTree(tree, actual), cannot);
  checkKind(actual, expected, cannot);
  if (validation === 'Strict' && duplicates.length + result.strict.length > 0)
    throw cannot(strictError(result.strict, duplicates));
  return {
    object: result.object,
    warnings: validation === 'Warn' ? [...duplicates, ...result.strict] : [],
  };
}

/** What `decode` and the patches have in common: the object in a tree, which names its kind or is of this one. */
export function decodeTree(
  tree: JsonTree,
  kind: GroupVersionKind,
  words: MismatchWords = decoderWords,
): {object: KubeObject; strict: string[]} {
  const type = typeOfKind(kind);
  if (!type)
    throw new TypeMismatch(
      `no kind ${JSON.stringify(kind.kind)} is registered for version ${JSON.stringify(groupVersion(kind))} in scheme "pkg/runtime/scheme.go:111"`,
    );
  const {value, strict} = readTyped(tree, type, words);
  return {object: {...(value as KubeObject), apiVersion: groupVersion(kind), kind: kind.kind}, strict};
}

/** Runs a reading; what does not fit its type becomes another error, anything else is thrown on. */
export function orElse<T>(read: () => T, mismatch: (why: string) => StatusError): T {
  try {
    return read();
  } catch (error) {
    const expected =
      error instanceof TypeMismatch || error instanceof QuantityError || error instanceof TimeError;
    throw expected ? mismatch(error.message) : error;
  }
}

/** The sentence of fieldValidation=Strict. */
export function strictError(strict: readonly string[], duplicates: readonly string[] = []): string {
  const yaml = duplicates.length > 0 ? [`yaml: unmarshal errors:\n  ${duplicates.join('\n  ')}`] : [];
  return `strict decoding error: ${[...yaml, ...strict].join(', ')}`;
}

function parse(body: Uint8Array, mediaType: string | undefined, expected: GroupVersionKind) {
  const text = new TextDecoder().decode(body);
  const type = mediaType?.split(';')[0]?.trim() ?? 'application/json';
  try {
    if (type === 'application/yaml') return parseYaml(text);
    if (type === 'application/json') return {tree: parseJson(text), duplicates: []};
  } catch (error) {
    if (error instanceof YamlError) throw unrecognized(expected, error.message, body);
    if (error instanceof JsonError) throw unrecognized(expected, `${noKind} ${error.message}`, body);
    throw error;
  }
  throw new StatusError(
    415,
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml',
  );
}

const noKind = "couldn't get version/kind; json parse error:";

const unrecognized = ({kind}: GroupVersionKind, why: string, body: Uint8Array) =>
  badRequest(`the object provided is unrecognized (must be of type ${kind}): ${why} (${summary(body)})`);

/** The start of what looks like JSON, of anything else in hexadecimal. */
function summary(body: Uint8Array): string {
  if (body.length === 0) return '<empty>';
  const start = Buffer.from(body.subarray(0, 30));
  const shown = start.toString(start[0] === '{'.charCodeAt(0) ? 'utf8' : 'hex');
  return body.length > 30 ? `${shown} ...` : shown;
}

/** What the object says it is; where it says nothing, what is expected. */
function kindIn(tree: JsonTree, body: Uint8Array, expected: GroupVersionKind): GroupVersionKind {
  if (tree === null) return expected;
  if (!isMap(tree)) {
    const go =
      'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
    throw unrecognized(
      expected,
      `${noKind} json: cannot unmarshal ${kindOf(tree)} into Go value of type ${go}`,
      body,
    );
  }
  const word = (field: string): string => {
    const value = lastValue(tree, field) ?? '';
    if (typeof value === 'string') return value;
    const mismatch = `json: cannot unmarshal ${kindOf(value)} into Go struct field .${field} of type string`;
    throw unrecognized(expected, `${noKind} ${mismatch}`, body);
  };
  const [apiVersion, kind] = [word('apiVersion'), word('kind')];
  if (apiVersion.split('/').length > 2)
    throw unrecognized(expected, `unexpected GroupVersion string: ${apiVersion}`, body);
  return {
    ...(apiVersion === ''
      ? {group: expected.group, version: expected.version}
      : parseGroupVersion(apiVersion)),
    kind: kind === '' ? expected.kind : kind,
  };
}

const lastValue = ({entries}: JsonMap, field: string) => entries.findLast(([key]) => key === field)?.[1];

function checkKind(
  actual: GroupVersionKind,
  expected: GroupVersionKind,
  cannot: (why: string) => StatusError,
): void {
  if (actual.kind !== expected.kind) {
    const internal = expected.group === '' ? 'core' : expected.group.split('.')[0];
    throw cannot(
      `converting (${actual.version}.${actual.kind}) to (${internal}.${expected.kind}): unknown conversion`,
    );
  }
  if (groupVersion(actual) !== groupVersion(expected))
    throw badRequest(
      `the API version in the data (${groupVersion(actual)}) does not match the expected API version (${groupVersion(expected)})`,
    );
}
