import type {Cancel} from '../clock.ts';
import type {ResourceId} from '../objects.ts';
import type {Change} from './registry.ts';

type Listener = (change: Change) => void;

/** Those who are told of changes, in the order in which they came. */
export interface Subscribers {
  add(resource: ResourceId | undefined, listener: Listener): Cancel;
  /**
   * Tells all. A change that a listener makes is told after the one it listens to, so that all see the same
   * order; what a listener throws is a bug, and does not keep the others from being told.
   */
  tell(change: Change): void;
}

export function subscribers(): Subscribers {
  const listeners = new Map<ResourceId | undefined, Set<Listener>>();
  const queue: Change[] = [];
  let telling = false;

  return {
    add(resource, listener) {
      // A function of its own, so that one who subscribes twice is told twice.
      const told: Listener = change => listener(change);
      const known = listeners.get(resource) ?? new Set();
      listeners.set(resource, known.add(told));
      return () => known.delete(told);
    },
    tell(change) {
      queue.push(change);
      if (telling) return;
      telling = true;
      for (let next = queue.shift(); next; next = queue.shift()) tellAll(next);
      telling = false;
    },
  };

  function tellAll(change: Change): void {
    for (const listener of listeners.get(change.resource) ?? []) guarded(listener, change);
    for (const listener of listeners.get(undefined) ?? []) guarded(listener, change);
  }
}

function guarded(listener: Listener, change: Change): void {
  try {
    listener(change);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
