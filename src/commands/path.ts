import {type Progress, progressOf} from '../engine/progress.ts';
import {isExpected} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import {presupposedBy} from '../lab/path.ts';
import type {App} from './app.ts';

/** How far a learner is on the learning path. */
export interface PathProgress {
  done: number;
  total: number;
  /** Where to go on; undefined when all labs are done. */
  next?: Lab;
}

type HasLabs = Pick<App, 'labs' | 'journals'>;

/** How far a learner is in all labs together. */
export function pathProgress(app: HasLabs): PathProgress {
  const ids = app.labs.ids();
  const next = nextLab(app)?.id;
  return {
    done: ids.filter(id => isDone(app, id)).length,
    total: ids.length,
    ...(next === undefined ? {} : {next: app.labs.get(next)}),
  };
}

/** How long the labs that are not done take a learner, in minutes. */
export const minutesLeft = (app: HasLabs): number =>
  app.labs
    .ids()
    .filter(id => !isDone(app, id))
    .reduce((sum, id) => sum + app.labs.get(id).minutes, 0);

/**
 * Where a learner goes on who names no lab: at the one that was begun, the newest first, else at the first of the path
 * that is not done; undefined when all are.
 * @param only `next`: the first of the path that is neither done nor begun
 */
export function nextLab(app: HasLabs, only?: 'next'): {id: string; because: 'begun' | 'next'} | undefined {
  const ids = app.labs.ids();
  const begun = app.journals.labs().filter(id => ids.includes(id) && isUnderWay(app, id));
  const [newest] = only === 'next' ? [] : begun;
  if (newest !== undefined) return {id: newest, because: 'begun'};
  const next = ids.find(id => !begun.includes(id) && !isDone(app, id));
  return next === undefined ? undefined : {id: next, because: 'next'};
}

/** The labs that a lab takes for known and that are not done. */
export const notYetDone = (app: HasLabs, {id}: Pick<Lab, 'id'>): Lab[] =>
  presupposedBy(id)
    .filter(known => app.labs.ids().includes(known) && !isDone(app, known))
    .map(app.labs.get);

/** Begun, not set back, and not through. */
export const isBegun = ({place, current}: Progress): boolean => place !== undefined && current !== undefined;

/** One whose journal cannot be read is under way as well: whoever goes on with it is told what is wrong with it. */
function isUnderWay(app: HasLabs, id: string): boolean {
  const progress = progressIn(app, id);
  return progress === 'unreadable' || isBegun(progress);
}

/** Has the learner come to its end, since it was set back last? */
function isDone(app: HasLabs, id: string): boolean {
  const progress = progressIn(app, id);
  return progress !== 'unreadable' && progress.place !== undefined && progress.current === undefined;
}

/** A lab that was never begun need not be loaded for that. */
function progressIn({labs, journals}: HasLabs, id: string): Progress | 'unreadable' {
  try {
    const entries = journals.read(id);
    return progressOf(entries.length === 0 ? {steps: []} : labs.get(id), entries);
  } catch (error) {
    if (isExpected(error) && error.code !== 'broken-lab') return 'unreadable';
    throw error;
  }
}
