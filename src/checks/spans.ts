import type {WatchKind} from '../lab/schema.ts';
import type {Millis} from '../world/object.ts';
import type {World} from '../world/world.ts';

/** A time in which something was so. An open one goes on: its end is Infinity. */
export interface Span {
  from: Millis;
  to: Millis;
}

export const isOpen = (span: Span | undefined) => span?.to === Number.POSITIVE_INFINITY;

/**
 * When, from `since` on, or from when the kind was first listed, was it so? Asked then and at every change of the kind. Where `unbroken` is asked for,
 * a time that could not be watched ends a span: what was so before and after may not have been so meanwhile.
 */
export function spansOf(
  world: World,
  kind: WatchKind,
  since: Millis,
  isSo: (at: Millis) => boolean,
  {unbroken}: {unbroken: boolean},
): Span[] {
  const spans: Span[] = [];
  const gaps = unbroken ? world.gaps(kind).filter(({to}) => to > since) : [];
  const begin = Math.max(since, world.knownFrom(kind));
  const times = new Set([begin, ...world.changes(kind, begin), ...gaps.map(({to}) => to)]);
  let from: Millis | undefined;
  let before = begin;
  for (const at of [...times].sort((a, b) => a - b)) {
    const missed = gaps.find(gap => gap.from < at && gap.to > before);
    if (from !== undefined && missed) {
      spans.push({from, to: Math.max(before, missed.from)});
      from = undefined;
    }
    const so = isSo(at);
    if (so) from ??= at;
    else if (from !== undefined) {
      spans.push({from, to: at});
      from = undefined;
    }
    before = at;
  }
  return from === undefined ? spans : [...spans, {from, to: Number.POSITIVE_INFINITY}];
}

/** Only what lasted so many seconds by `now`, from the end of these seconds on. */
export const lasting = (spans: Span[], seconds: number, now: Millis): Span[] =>
  spans
    .map(({from, to}) => ({from: from + seconds * 1000, to}))
    .filter(({from, to}) => from < to && from <= now);

/** The times in both. */
export const overlap = (some: Span[], others: Span[]): Span[] =>
  some.flatMap(a =>
    others
      .map(b => ({from: Math.max(a.from, b.from), to: Math.min(a.to, b.to)}))
      .filter(({from, to}) => from < to),
  );

/** From a time on. */
export const clipped = (spans: Span[], from: Millis): Span[] =>
  spans.filter(span => span.to > from).map(span => ({from: Math.max(span.from, from), to: span.to}));
