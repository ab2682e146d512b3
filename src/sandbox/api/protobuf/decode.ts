import type {KubeObject} from '../../objects.ts';
import type {FieldType, MessageType} from './message-types.ts';
import {decodeScalar, isScalar} from './scalar.ts';
import {wireFields} from './wire.ts';

/**
 * An object in the encoding that typed clients send (application/vnd.kubernetes.protobuf): kubectl since 1.32
 * for `create`, `drain`, `auth can-i` and others, with no way back to JSON. Undefined fields and a kind that is
 * not served are left out, as the API server does.
 * @throws RangeError when the bytes are no such object
 */
export async function decodeProtobuf(body: Buffer): Promise<KubeObject> {
  if (!body.subarray(0, magic.length).equals(magic)) throw new RangeError('the magic prefix is missing');
  const {apiVersion, kind, raw} = envelope(body.subarray(magic.length));
  const {messageOf} = await import('./message-types.ts');
  const type = messageOf(apiVersion, kind);
  return {apiVersion, kind, ...(type && decodeMessage(raw, type))};
}

const magic = Buffer.from('k8s\0');

/** runtime.Unknown: 1 is the type (1 apiVersion, 2 kind), 2 the object. */
function envelope(bytes: Buffer) {
  const fields = byNumber(bytes);
  const type = byNumber(fields.get(1) ?? Buffer.alloc(0));
  const text = (number: number) => (type.get(number) ?? '').toString();
  return {apiVersion: text(1), kind: text(2), raw: fields.get(2) ?? Buffer.alloc(0)};
}

const byNumber = (bytes: Buffer): Map<number, Buffer> =>
  new Map(
    [...wireFields(bytes)].flatMap(({number, value}) =>
      Buffer.isBuffer(value) ? ([[number, value]] as const) : [],
    ),
  );

function decodeMessage(bytes: Buffer, type: MessageType): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const {number, value} of wireFields(bytes)) {
    const field = type.get(number);
    if (field) put(object, field, value);
  }
  return object;
}

function put(object: Record<string, unknown>, field: FieldType, wire: bigint | Buffer): void {
  const {name} = field;
  if (field.map) {
    const [key, value] = entry(wire, field.type);
    object[name] = {...(object[name] ?? {}), [key]: value};
    return;
  }
  const value = decodeValue(wire, field.type);
  if (field.repeated) object[name] = [...((object[name] as unknown[] | undefined) ?? []), value];
  else if (name === '.') Object.assign(object, value);
  else if (field.pointer || !isUnset(value)) object[name] = value;
}

function entry(wire: bigint | Buffer, type: FieldType['type']): [string, unknown] {
  if (!Buffer.isBuffer(wire)) throw new RangeError('an entry of a map that is no message');
  let key = '';
  let value = isScalar(type) ? decodeScalar(Buffer.alloc(0), type) : {};
  for (const part of wireFields(wire))
    if (part.number === 1) key = part.value.toString();
    else value = decodeValue(part.value, type);
  return [key, value];
}

function decodeValue(wire: bigint | Buffer, type: FieldType['type']): unknown {
  if (isScalar(type)) return decodeScalar(wire, type);
  if (!Buffer.isBuffer(wire)) throw new RangeError('a number in the place of a message');
  return decodeMessage(wire, type());
}

const isUnset = (value: unknown) => value === undefined || value === '' || value === 0 || value === false;
