import {randomInt} from 'node:crypto';

/** No vowels, and nothing that looks like another: as Kubernetes picks them. */
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
const randomLength = 5;
const longest = 63;

/** `base` and five random characters, cut so that it fits into a label. */
export function generateName(base: string): string {
  const random = Array.from({length: randomLength}, () => alphabet[randomInt(alphabet.length)]).join('');
  return base.slice(0, longest - randomLength) + random;
}
