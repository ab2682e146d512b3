import type {Journal, JournalEntry} from '../engine/journal.ts';

/**
 * A journal that is not on the disk, for what counts only once all of it is done. What it tells of the cluster is so
 * already: that also goes into the journal on the disk.
 */
export function scratchJournal(onDisk: Journal): Journal {
  const entries: JournalEntry[] = [];
  return {
    entries,
    append(...more) {
      entries.push(...more);
      const facts = more.filter(({type}) => type === 'changed' || type === 'volume-seen');
      if (facts.length > 0) onDisk.append(...facts);
    },
    close: () => {},
  };
}
