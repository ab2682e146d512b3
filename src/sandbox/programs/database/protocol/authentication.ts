import {createHash, timingSafeEqual} from 'node:crypto';
import type {Flavour} from '../flavour.ts';

type Plugin = Flavour['authentication'];
const algorithms = {mysql_native_password: 'sha1', caching_sha2_password: 'sha256'} as const;

const digest = (plugin: Plugin, ...parts: Uint8Array[]) => {
  const hash = createHash(algorithms[plugin]);
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const xor = (one: Uint8Array, other: Uint8Array) =>
  Buffer.from(one.map((byte, index) => byte ^ (other[index] ?? 0)));

/** What the server's challenge and the twice hashed password make: the two plug-ins join them in another order. */
const mask = (plugin: Plugin, challenge: Uint8Array, twice: Uint8Array) =>
  plugin === 'mysql_native_password' ? digest(plugin, challenge, twice) : digest(plugin, twice, challenge);

/** What a client sends in the place of its password; nothing for no password. */
export function scramble(plugin: Plugin, password: string, challenge: Uint8Array): Buffer {
  if (password === '') return Buffer.alloc(0);
  const once = digest(plugin, Buffer.from(password));
  return xor(once, mask(plugin, challenge, digest(plugin, once)));
}

/** @param hash the password hashed twice, in hexadecimal; empty for none */
export function isRightPassword(
  plugin: Plugin,
  hash: string,
  challenge: Uint8Array,
  scrambled: Uint8Array,
): boolean {
  if (hash === '' || scrambled.length === 0) return hash === '' && scrambled.length === 0;
  const twice = Buffer.from(hash, 'hex');
  if (scrambled.length !== twice.length) return false;
  const once = xor(scrambled, mask(plugin, challenge, twice));
  return timingSafeEqual(digest(plugin, once), twice);
}
