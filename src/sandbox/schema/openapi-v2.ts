import {describe} from './descriptions.ts';
import {parseKind} from './openapi.ts';
import {allTypes, type FieldFacts, type TypeFacts, typeNamed} from './types.ts';

/** What kubectl accepts for it, and what the answer is called: a client's parser refuses the @. */
export const openApiV2Accept = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
export const openApiV2ContentType = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/**
 * The answer to /openapi/v2 for kubectl up to 1.28, which applies and explains nothing without it: all types, as
 * gnostic's openapi.v2.Document in protocol buffers. Later ones ask for it no more.
 */
export function openApiV2(): Buffer {
  const definitions = [...allTypes].map(([name, facts]) => namedSchema(name, typeSchema(name, facts)));
  return Buffer.concat([
    text(1, '2.0'),
    message(2, text(1, 'Kubernetes'), text(2, 'v1.35.4')),
    message(8),
    message(9, ...definitions),
  ]);
}

/** A struct or a scalar with a name. The numbers are those of gnostic's Schema. */
function typeSchema(name: string, {fields, kind, scalar}: TypeFacts): Buffer[] {
  const descriptions = describe(name);
  const entries = Object.entries(fields ?? {});
  return [
    ...(fields ? [typed('object')] : scalarSchema(scalar ?? 'any')),
    text(4, descriptions.type),
    ...entries.flatMap(([field, {required}]) => (required ? [text(19, field)] : [])),
    message(
      25,
      ...entries.map(([field, facts]) =>
        namedSchema(field, [text(4, descriptions.fields.get(field) ?? ''), ...fieldSchema(facts)]),
      ),
    ),
    ...(kind === undefined ? [] : [extension('x-kubernetes-group-version-kind', [parseKind(kind)])]),
  ];
}

function fieldSchema({type, patchStrategy, mergeKey}: FieldFacts): Buffer[] {
  return [
    ...expressionSchema(type),
    ...(patchStrategy ? [extension('x-kubernetes-patch-strategy', patchStrategy)] : []),
    ...(mergeKey ? [extension('x-kubernetes-patch-merge-key', mergeKey)] : []),
  ];
}

function expressionSchema(type: string): Buffer[] {
  if (type.startsWith('[]'))
    return [typed('array'), message(23, message(1, ...expressionSchema(type.slice(2))))];
  if (type.startsWith('{}'))
    return [typed('object'), message(21, message(1, ...expressionSchema(type.slice(2))))];
  return typeNamed(type) ? [text(1, `#/definitions/${type}`)] : scalarSchema(type);
}

function scalarSchema(scalar: string): Buffer[] {
  switch (scalar) {
    case 'string':
    case 'boolean':
      return [typed(scalar)];
    case 'int32':
    case 'int64':
      return [typed('integer'), text(2, scalar)];
    case 'double':
      return [typed('number'), text(2, scalar)];
    case 'byte':
    case 'date-time':
    case 'int-or-string':
      return [typed('string'), text(2, scalar)];
    case 'quantity':
      return [typed('string')];
    default:
      return [typed('object')];
  }
}

const typed = (type: string) => message(22, text(1, type));
const namedSchema = (name: string, schema: Buffer[]) => message(1, text(1, name), message(2, ...schema));
/** Any value is given as YAML, which JSON is. */
const extension = (name: string, value: unknown) =>
  message(31, text(1, name), message(2, text(2, JSON.stringify(value))));

/** A field that holds a string; none when it is empty. */
const text = (field: number, value: string): Buffer =>
  value === '' ? Buffer.alloc(0) : bytes(field, Buffer.from(value));
const message = (field: number, ...parts: Buffer[]): Buffer => bytes(field, Buffer.concat(parts));
/** Wire type 2: a length, and so many bytes. */
const bytes = (field: number, value: Buffer): Buffer =>
  Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);

function varint(value: number): Buffer {
  const groups: number[] = [];
  for (let rest = value; groups.length === 0 || rest > 0; rest >>>= 7) groups.push(rest & 0x7f);
  return Buffer.from(groups.map((group, index) => (index < groups.length - 1 ? group | 0x80 : group)));
}
