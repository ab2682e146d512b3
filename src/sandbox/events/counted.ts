import type {SandboxClock} from '../clock.ts';
import type {Stored} from '../objects.ts';
import {timestamp} from '../timestamps.ts';
import {type EventKey, similarEvents} from './aggregate.ts';
import {eventAbout, type Occurrence, type WrittenEvent} from './event.ts';
import {recent} from './recent.ts';

/** What was written last under a key. */
interface Observation {
  name: string;
  firstTimestamp: string;
  count: number;
}

/** Events as client-go's correlator makes them: the same one again raises count and lastTimestamp. */
export function countedEvents(clock: SandboxClock, nameFor: (about: Stored) => string) {
  const observations = recent<Observation>();
  const correlate = similarEvents(clock);
  return (occurrence: Occurrence): WrittenEvent => {
    const {key, message, combined}: EventKey = correlate(occurrence);
    const lastTimestamp = timestamp(clock.now());
    const before = observations.get(key);
    const {name, firstTimestamp, count} = before
      ? {...before, count: before.count + 1}
      : {name: nameFor(occurrence.about), firstTimestamp: lastTimestamp, count: 1};
    observations.set(key, {name, firstTimestamp, count});
    const {component, host} = occurrence.source;
    const event = {
      ...eventAbout(occurrence, name),
      message,
      source: {component, ...(host !== undefined && {host})},
      firstTimestamp,
      lastTimestamp,
      count,
      eventTime: null,
      reportingComponent: combined ? '' : component,
      reportingInstance: combined ? '' : (host ?? ''),
    };
    return {event, raised: before && {message, lastTimestamp, count}};
  };
}
