import type {SandboxClock} from '../clock.ts';
import type {Registry} from '../registry/registry.ts';
import {StatusError} from '../status-error.ts';
import {countedEvents} from './counted.ts';
import {eventNames, type WrittenEvent} from './event.ts';
import type {Recorder} from './recorder.ts';
import {seriesEvents} from './series.ts';

/**
 * Writes events into the namespace of the object they are about (`default` where it has none), and the same one again
 * into the same event. What the API refuses is dropped, as when the namespace is going away: no caller fails by an event.
 */
export function createRecorder(registry: Registry, clock: SandboxClock): Recorder {
  const nameFor = eventNames(clock);
  const counted = countedEvents(clock, nameFor);
  const series = seriesEvents(clock, nameFor);
  return {
    event(about, type, reason, message, source, fieldPath) {
      const {action} = source;
      const occurrence = {about, type, reason, message, source, fieldPath};
      const written = action ? series(occurrence, action) : counted(occurrence);
      if (written) write(registry, written);
    },
  };
}

function write(registry: Registry, {event, raised}: WrittenEvent) {
  try {
    const changed =
      raised && registry.change('events', event.metadata, draft => void Object.assign(draft, raised));
    if (!changed) registry.create('events', event);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}
