import type {Implementations} from './conversions.ts';
import {dateFunctions} from './date-and-time.ts';
import {hashFunctions} from './hashes.ts';
import {numberFunctions} from './numbers.ts';
import {textFunctions} from './text.ts';

/**
 * MySQL's functions that SQLite has not, or has with another meaning. They are registered with every connection
 * under these names. NULL as any argument gives NULL, but for those in `nullable`.
 */
export const implementations: Implementations = {
  ...textFunctions,
  ...hashFunctions,
  ...numberFunctions,
  ...dateFunctions,
  // what only takes time or is a test
  sleep: () => 0,
  benchmark: () => 0,
  isnull: value => (value === null ? 1 : 0),
  get_lock: () => 1,
  release_lock: () => 1,
};

/** Which of them see NULL arguments. */
export const nullable = new Set(['concat_ws', 'field', 'elt', 'quote', 'isnull', 'sleep']);

/** Which of them answer differently each time. */
export const volatile = new Set(['rand', 'uuid', 'random_bytes']);
