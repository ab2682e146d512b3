import {distance} from 'fastest-levenshtein';

/** The one that a slip of the fingers would make of what was written; undefined when none is near. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  const [best] = known
    .filter(one => one !== written)
    .map(one => ({one, off: distance(written, one)}))
    .sort((a, b) => a.off - b.off);
  return best && best.off <= Math.max(2, Math.floor(written.length / 3)) ? best.one : undefined;
}
