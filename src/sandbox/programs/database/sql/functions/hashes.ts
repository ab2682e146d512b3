import {createHash, randomBytes, randomUUID} from 'node:crypto';
import type {Value} from '../values.ts';
import {bytes, type Implementations, string} from './conversions.ts';

/** Hashes, checksums and what is random. */
export const hashFunctions: Implementations = {
  md5: value => hash('md5', value),
  sha1: value => hash('sha1', value),
  sha2: (value, bits) => hash(`sha${Number(bits) || 256}`, value),
  crc32: value => crc32(bytes(value)),
  password: value => (value === '' ? '' : nativeHash(string(value))),
  uuid: () => randomUUID(),
  random_bytes: length => randomBytes(Number(length)),
};

/** A password as MariaDB stores it: * and SHA1(SHA1(password)). */
export function nativeHash(password: string): string {
  const once = createHash('sha1').update(password).digest();
  return `*${createHash('sha1').update(once).digest('hex').toUpperCase()}`;
}

const hash = (algorithm: string, value: Value) => createHash(algorithm).update(bytes(value)).digest('hex');

function crc32(data: Buffer): number {
  let crc = -1;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
