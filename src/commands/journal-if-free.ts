import type {Journal} from '../engine/journal.ts';
import {isExpected} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import type {App} from './app.ts';

/** Opens the journal for writing, or does without where a run in another terminal writes it. */
export async function withJournalIfFree<T>(
  app: App,
  lab: Lab,
  run: (journal: Journal | undefined) => Promise<T>,
): Promise<T> {
  const journal = openIfFree(app, lab);
  try {
    return await run(journal);
  } finally {
    journal?.close();
  }
}

function openIfFree(app: App, lab: Lab): Journal | undefined {
  try {
    return app.journals.open(lab.id);
  } catch (error) {
    if (isExpected(error) && error.code === 'journal-locked') return undefined;
    throw error;
  }
}
