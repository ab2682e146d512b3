import {wireFields} from './wire.ts';

export const isScalar = (type: unknown): type is string => typeof type === 'string';

/**
 * A value in the form it has in JSON.
 * @param type as messages.ts names it
 */
export function decodeScalar(wire: bigint | Buffer, type: string): unknown {
  const decode = decoders[type];
  if (!decode) throw new RangeError(`no such type: ${type}`);
  return decode(wire);
}

const decoders: Readonly<Record<string, (wire: bigint | Buffer) => unknown>> = {
  string: wire => bytes(wire).toString(),
  bytes: wire => bytes(wire).toString('base64'),
  bool: wire => number(wire) !== 0,
  int: number,
  double: wire => bytes(wire).readDoubleLE(),
  time: wire => timestamp(wire, false),
  microtime: wire => timestamp(wire, true),
  quantity: wire => message(wire).get(1)?.toString(),
  intorstring(wire) {
    const {1: type = 0n, 2: numeric = 0n, 3: text = ''} = Object.fromEntries(message(wire));
    return type === 1n ? text.toString() : number(numeric);
  },
  raw(wire) {
    const json = message(wire).get(1);
    return json === undefined ? undefined : JSON.parse(json.toString());
  },
};

/** Seconds and nanoseconds; without either nobody has set it. */
function timestamp(wire: bigint | Buffer, micro: boolean): string | undefined {
  const fields = message(wire);
  if (fields.size === 0) return undefined;
  const seconds = number(fields.get(1) ?? 0n);
  const nanoseconds = number(fields.get(2) ?? 0n);
  const whole = new Date(seconds * 1000).toISOString().slice(0, -'.000Z'.length);
  return micro ? `${whole}.${String(Math.floor(nanoseconds / 1000)).padStart(6, '0')}Z` : `${whole}Z`;
}

const message = (wire: bigint | Buffer) =>
  new Map([...wireFields(bytes(wire))].map(({number, value}) => [number, value]));

function bytes(wire: bigint | Buffer): Buffer {
  if (Buffer.isBuffer(wire)) return wire;
  throw new RangeError('a number in the place of bytes');
}

function number(wire: bigint | Buffer): number {
  if (Buffer.isBuffer(wire)) throw new RangeError('bytes in the place of a number');
  return Number(BigInt.asIntN(64, wire));
}
