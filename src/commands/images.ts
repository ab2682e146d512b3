import type {Emit, Note} from '../engine/events.ts';
import {isExpected} from '../errors.ts';
import type {Session} from './session.ts';

/** Brings the lab's images to the nodes while the learner already reads; that it failed is no reason to stop. */
export async function bringImages({app, lab, cluster}: Session, emit: Emit): Promise<void> {
  const tell = (note: Note) => emit({type: 'note', at: app.clock.now(), lab: lab.id, note});
  let said = false;
  try {
    await cluster.loadImages(
      Object.values(lab.images),
      line => {
        said = true;
        tell({code: 'images-loading', line});
      },
      app.outside.signal,
    );
    if (said) tell({code: 'images-ready'});
  } catch (error) {
    if (app.outside.signal.aborted) return;
    if (!isExpected(error)) throw error;
    tell({code: 'images-failed', detail: 'detail' in error.facts ? String(error.facts.detail) : error.code});
  }
}
