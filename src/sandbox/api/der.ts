/**
 * The parts of ASN.1's distinguished encoding (ITU-T X.690) that a certificate needs. Written here because a
 * library for X.509 takes longer to load than the whole sandbox to start.
 */
export const sequence = (...parts: Buffer[]) => tagged(0x30, ...parts);
export const set = (...parts: Buffer[]) => tagged(0x31, ...parts);
export const boolean = (value: boolean) => tagged(0x01, Buffer.of(value ? 0xff : 0));
export const utf8 = (text: string) => tagged(0x0c, Buffer.from(text));
export const octets = (...content: Buffer[]) => tagged(0x04, ...content);
/** @param unused how many of the last byte's low bits do not count */
export const bits = (content: Buffer, unused = 0) => tagged(0x03, Buffer.of(unused), content);
/** [number] EXPLICIT, or any other tag that holds tags. */
export const explicit = (number: number, ...parts: Buffer[]) => tagged(0xa0 | number, ...parts);
/** [number] IMPLICIT of a type that holds no tags. */
export const implicit = (number: number, content: Buffer) => tagged(0x80 | number, content);

/** @param bytes of a positive number, the highest first */
export const integer = (bytes: Buffer) =>
  tagged(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);

/** @param dotted e.g. 2.5.29.17 */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** Whole seconds, until 2049: UTCTime, as RFC 5280 wants it. */
export const time = (milliseconds: number) =>
  tagged(
    0x17,
    Buffer.from(
      `${new Date(milliseconds)
        .toISOString()
        .replace(/[-:T]|\.\d+/g, '')
        .slice(2)}`,
    ),
  );

function tagged(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), length(content.length), content]);
}

function length(count: number): Buffer {
  if (count < 0x80) return Buffer.of(count);
  const bytes: number[] = [];
  for (let rest = count; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff);
  return Buffer.of(0x80 | bytes.length, ...bytes);
}

function base128(number: number): number[] {
  const digits = [number & 0x7f];
  for (let rest = number >>> 7; rest > 0; rest >>>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}
