import type {Emit, Note} from '../engine/events.ts';
import {imagesOf} from '../engine/place.ts';
import {isExpected} from '../errors.ts';
import {type DatabaseId, databaseIds} from '../lab/databases.ts';
import type {Lab} from '../lab/lab.ts';
import type {Session} from './session.ts';

/**
 * Brings the lab's images to the nodes. That it failed is no reason to stop: the cluster will try to pull them itself.
 * @param until when it aborts, the rest is left undone
 */
export async function bringImages(
  {app, lab, cluster, place: {database}}: Session,
  emit: Emit,
  until: AbortSignal,
): Promise<void> {
  const signal = AbortSignal.any([app.outside.signal, until]);
  const tell = (note: Note) => emit({type: 'note', at: app.clock.now(), lab: lab.id, note});
  let said = false;
  const progress = (line: string) => {
    said = true;
    tell({code: 'images-loading', line});
  };
  try {
    await cluster.loadImages(Object.values(imagesOf(lab, database)), progress, signal);
    if (said) tell({code: 'images-ready'});
  } catch (error) {
    if (signal.aborted) return;
    if (!isExpected(error)) throw error;
    tell({code: 'images-failed', detail: 'detail' in error.facts ? String(error.facts.detail) : error.code});
  }
}

/**
 * Brings those of the other labs too, without a word: the next lab then begins at once. What does not come now is tried again by
 * the lab that needs it, which says so.
 */
export async function bringImagesOfOthers(
  {app, lab, cluster, place: {database = databaseIds[0]}}: Session,
  until: AbortSignal,
): Promise<void> {
  const signal = AbortSignal.any([app.outside.signal, until]);
  const others = app.labs.ids().filter(id => id !== lab.id);
  const images = others.map(app.labs.get).flatMap(other => imagesFor(other, database));
  for (const image of new Set(images)) {
    if (signal.aborted) return;
    try {
      await cluster.loadImages([image], () => {}, signal);
    } catch (error) {
      if (!signal.aborted && !isExpected(error)) throw error;
    }
  }
}

/** All that a lab's Pods run, when its database is this one. */
export const imagesFor = (lab: Lab, database: DatabaseId): string[] =>
  Object.values(imagesOf(lab, lab.database ? database : undefined));
