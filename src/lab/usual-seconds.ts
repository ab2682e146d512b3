import type {DatabaseId} from './databases.ts';
import type {UsualSeconds} from './schema.ts';

/** How long something usually takes with a database; where none was chosen, with the slowest. */
export function secondsOf(within: UsualSeconds, database?: DatabaseId): number {
  if (typeof within === 'number') return within;
  return database === undefined ? Math.max(...Object.values(within)) : within[database];
}
