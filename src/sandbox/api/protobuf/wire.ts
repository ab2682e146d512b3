/** One field as protocol buffers write it: a number, or bytes (a string, a message, or what they encode). */
export interface WireField {
  number: number;
  value: bigint | Buffer;
}

/**
 * The fields of a message, in the order in which they were written.
 * @throws RangeError when the bytes are no message
 */
export function* wireFields(message: Buffer): Generator<WireField> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = message.readUInt8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a number of more than 64 bits');
  };
  const bytes = (count: number): Buffer => {
    if (count > message.length - at) throw new RangeError('the message ends within a field');
    at += count;
    return message.subarray(at - count, at);
  };
  while (at < message.length) {
    const tag = Number(varint());
    yield {number: tag >>> 3, value: read(tag & 7)};
  }

  function read(type: number): bigint | Buffer {
    if (type === 0) return varint();
    if (type === 1) return bytes(8);
    if (type === 2) return bytes(Number(varint()));
    if (type === 5) return bytes(4);
    throw new RangeError(`wire type ${type}`);
  }
}
