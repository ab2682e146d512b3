import type {Journal, RestoreReason} from '../engine/journal.ts';
import {type ExpectedError, isExpected} from '../errors.ts';
import type {App} from './app.ts';
import {type Restoring, restoreLab} from './restore-lab.ts';

/** A journal that this command has open already. */
export interface OpenJournal {
  lab: string;
  journal: Journal;
}

/**
 * Runs something with the journal of a lab.
 * @returns what it returns, or which process has the journal
 */
export async function withJournalOf<T>(
  app: App,
  lab: string,
  open: OpenJournal | undefined,
  run: (journal: Journal) => Promise<T>,
): Promise<{done: T} | {heldBy: number}> {
  if (open?.lab === lab) return {done: await run(open.journal)};
  const journal = tryToOpen(app, lab);
  if ('heldBy' in journal) return journal;
  try {
    return {done: await run(journal)};
  } finally {
    journal.close();
  }
}

function tryToOpen(app: App, lab: string): Journal | {heldBy: number} {
  try {
    return app.journals.open(lab);
  } catch (error) {
    if (isExpected(error) && error.code === 'journal-locked')
      return {heldBy: (error as ExpectedError<'journal-locked'>).facts.pid};
    throw error;
  }
}

/**
 * Takes back what a lab left, and has its journal say so: before it is begun, so that whoever starts next can end it,
 * and when it is proved.
 * @throws ExpectedError `reset-incomplete`
 */
export async function putBack(restoring: Restoring, journal: Journal, what: RestoreReason): Promise<void> {
  const {app, lab} = restoring;
  journal.append({type: 'restoring', at: app.clock.now(), what});
  await restoreLab(restoring);
  noteBack(app, lab.id, journal, what);
}

/** All that was to be taken back is. */
export function noteBack({clock, work}: App, lab: string, journal: Journal, what: RestoreReason): void {
  const at = clock.now();
  if (what === 'reset') work.clear(lab);
  journal.append(what === 'reset' ? {type: 'reset', at} : {type: 'restored', at, what});
}
