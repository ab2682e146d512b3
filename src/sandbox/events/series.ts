import type {SandboxClock} from '../clock.ts';
import type {Stored} from '../objects.ts';
import {microTimestamp} from '../timestamps.ts';
import {eventAbout, type Occurrence, type WrittenEvent} from './event.ts';
import {recent} from './recent.ts';

interface Series {
  name: string;
  eventTime: string;
  count: number;
  /** Milliseconds since the epoch. */
  last: number;
  writtenAt: number;
}

/** Milliseconds without an occurrence after which a series is over; client-go's default. */
const finishAfter = 360_000;
/** How often a running series is written, in milliseconds; client-go's default. */
const refreshAfter = 1_800_000;

/**
 * Events as client-go's recorder for events.k8s.io makes them: an event about the same object in the same version is
 * one more of its series, written when it begins and every half an hour. The message stays the first one's.
 */
export function seriesEvents(clock: SandboxClock, nameFor: (about: Stored) => string) {
  const running = recent<Series>();
  return (occurrence: Occurrence, action: string): WrittenEvent | undefined => {
    const {about, source, message} = occurrence;
    const now = clock.now();
    const key = seriesKey(occurrence, action);
    const before = running.get(key);
    const continued = before !== undefined && clock.since(before.last) <= finishAfter;
    const series = continued
      ? {...before, count: before.count + 1, last: now}
      : {name: nameFor(about), eventTime: microTimestamp(now), count: 1, last: now, writtenAt: now};
    const due = series.count <= 2 || clock.since(series.writtenAt) >= refreshAfter;
    running.set(key, due ? {...series, writtenAt: now} : series);
    if (!due) return undefined;
    const {name, eventTime, count} = series;
    const raised = continued ? {series: {count, lastObservedTime: microTimestamp(now)}} : undefined;
    const event = {
      ...eventAbout(occurrence, name),
      action,
      message,
      eventTime,
      firstTimestamp: null,
      lastTimestamp: null,
      source: {},
      reportingComponent: source.component,
      reportingInstance: `${source.component}-${source.host ?? ''}`,
      ...raised,
    };
    return {event, raised};
  };
}

const seriesKey = ({about, type, reason, source}: Occurrence, action: string) =>
  JSON.stringify([
    source.component,
    action,
    type,
    reason,
    about.metadata.uid,
    about.metadata.resourceVersion,
  ]);
