import type {Journal, JournalEntry} from '../engine/journal.ts';

/** A journal that is not on the disk: for what counts only once all of it is done. */
export function scratchJournal(): Journal {
  const entries: JournalEntry[] = [];
  return {
    entries,
    append: (...more) => void entries.push(...more),
    close: () => {},
  };
}
