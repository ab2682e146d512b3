import type {Clock} from '../engine/ports.ts';
import {isExpected} from '../errors.ts';
import type {WorldChange} from '../world/change.ts';
import type {KubeObject, Millis} from '../world/object.ts';
import {ApiError, hasStatus, type KubeClient} from './client.ts';
import {list, type Scope, withoutManagedFields} from './list.ts';
import {pause} from './pause.ts';

/** What a watch tells, before it is known whose watch it is. */
export type Sight = WorldChange extends infer Change
  ? Change extends WorldChange
    ? Omit<Change, 'watch'>
    : never
  : never;

/** A watch on which nothing came for so long, not even a bookmark, is opened anew. Milliseconds. */
const silenceLimit = 30_000;
/** A connection that lived so long was a good one, also when nothing came on it. Milliseconds. */
const goodLife = 1_000;
/** A server that cannot go on from the asked version opens the watch first, and says so in its first event. Milliseconds. */
const objectionLimit = 500;
const backOff = {first: 100, most: 2_000};

/**
 * Lists, then watches until the signal aborts. A watch that ends goes on where it stopped; only when
 * that fails is it `blind`, once, until it has come back.
 * @throws ExpectedError `forbidden` when the first list is refused; a later refusal makes it blind.
 */
export async function* observe(
  client: KubeClient,
  clock: Clock,
  scope: Scope,
  signal: AbortSignal,
): AsyncGenerator<Sight, void> {
  let version: string | undefined;
  let admitted = false;
  let blind = false;
  let setbacks = 0;
  while (!signal.aborted) {
    const resumed = version !== undefined;
    const begun = clock.now();
    let good = false;
    try {
      if (version === undefined) {
        const all = await list(client, scope, signal);
        version = all.version;
        admitted = true;
        blind = false;
        yield {type: 'listed', objects: all.objects, at: clock.now()};
      }
      for await (const arrival of arrivals(client, clock, scope, version, signal)) {
        if (arrival !== 'no objection') refuseErrors(arrival);
        if (blind) yield {type: 'sighted', at: clock.now()};
        blind = false;
        if (arrival === 'no objection') continue;
        good = true;
        version = arrival.object.metadata.resourceVersion ?? version;
        if (arrival.type !== 'BOOKMARK') yield sightOf(arrival);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!admitted && isExpected(error)) throw error;
      if (hasStatus(error, 410)) {
        version = undefined;
        if (resumed) continue;
      } else {
        if (!blind) yield {type: 'blind', cause: error, at: clock.now()};
        blind = true;
        good = false;
      }
    }
    setbacks = good || (!blind && clock.now() - begun >= goodLife) ? 0 : setbacks + 1;
    if (setbacks > 0) await pause(clock, Math.min(backOff.first * 2 ** (setbacks - 1), backOff.most), signal);
  }
}

interface Arrival {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: KubeObject;
  at: Millis;
}

function sightOf({type, object, at}: Arrival): Sight {
  return {type: type === 'DELETED' ? 'deleted' : 'put', object: withoutManagedFields(object), at};
}

function refuseErrors({type, object}: Arrival): void {
  const {code, reason, message} = object as {code?: number; reason?: string; message?: string};
  if (type === 'ERROR')
    throw new ApiError(code ?? 500, reason ?? '', message ?? 'the watch ended with an error');
}

/**
 * The events of one connection. It ends where the connection does, however that came about: whether
 * anything is wrong shows when the next one is opened.
 * @throws only when it could not be opened
 */
async function* arrivals(
  client: KubeClient,
  clock: Clock,
  {resource, namespace, fields}: Scope,
  version: string,
  signal: AbortSignal,
) {
  const connection = new AbortController();
  const either = AbortSignal.any([signal, connection.signal]);
  const heard = watchSilence(clock, connection, either);
  const query = {resourceVersion: version, allowWatchBookmarks: true, fieldSelector: fields};
  try {
    const stream = await client.stream({verb: 'watch', resource, namespace, query}, either);
    try {
      yield* unlessObjected(parse(stream.text, clock, heard), clock, either);
    } finally {
      stream.close();
    }
  } finally {
    connection.abort();
  }
}

/** Aborts the connection after a long silence. @returns to be called whenever something was heard */
function watchSilence(clock: Clock, connection: AbortController, signal: AbortSignal): () => void {
  let last = clock.now();
  const look = () => {
    if (clock.now() - last < silenceLimit) clock.at(last + silenceLimit, look, signal);
    else connection.abort(new DOMException('nothing was heard on the watch', 'TimeoutError'));
  };
  clock.at(last + silenceLimit, look, signal);
  return () => {
    last = clock.now();
  };
}

/** One JSON object a line. A torn or garbled line ends it: what it said comes again on the next connection. */
async function* parse(
  text: AsyncIterable<string>,
  clock: Clock,
  heard: () => void,
): AsyncGenerator<Arrival, void> {
  let rest = '';
  try {
    for await (const chunk of text) {
      const at = clock.now();
      heard();
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield {...JSON.parse(line), at};
    }
  } catch {
    // The connection broke.
  }
}

/** The events, preceded by a `no objection` when the first has not come within a moment. */
async function* unlessObjected(events: AsyncGenerator<Arrival, void>, clock: Clock, signal: AbortSignal) {
  const first = events.next();
  const late = pause(clock, objectionLimit, signal).then(() => 'late' as const);
  if ((await Promise.race([first, late])) === 'late') yield 'no objection' as const;
  const {value} = await first;
  if (value) yield value;
  yield* events;
}
