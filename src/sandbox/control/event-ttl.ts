import type {Of} from '../objects.ts';
import type {Controller} from './controller.ts';
import {fromKey, itself, reconciler} from './reconciler.ts';

/** How long an event lives after it was written last, in milliseconds: the API server's default. */
const timeToLive = 3_600_000;

/** Deletes events that nothing has happened to for an hour. */
export const eventTtl: Controller = context => {
  const {registry, clock} = context;
  reconciler(context, {
    name: 'event-ttl',
    watches: {events: itself},
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const event = registry.get('events', namespace, name);
      if (!event) return;
      const left = timeToLive - clock.since(writtenAt(event));
      if (left > 0) return {after: left};
      registry.delete('events', namespace, name);
    },
  });
};

const writtenAt = ({lastTimestamp, series, eventTime, metadata}: Of<'events'>) =>
  Date.parse(series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? metadata.creationTimestamp);
