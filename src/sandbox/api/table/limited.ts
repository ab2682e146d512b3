import {none} from './text.ts';

/** The first few, and how many more there are. */
export function limited(all: readonly string[], most = 3): string {
  if (all.length === 0) return none;
  const shown = all.slice(0, most).join(',');
  return all.length > most ? `${shown} + ${all.length - most} more...` : shown;
}
