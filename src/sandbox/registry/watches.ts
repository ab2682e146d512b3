import type {Cancel} from '../clock.ts';
import type {ResourceId} from '../objects.ts';
import {gone} from '../status-error.ts';
import type {Disk} from './disk.ts';
import type {Change} from './registry.ts';

type Listener = (change: Change) => void;

/** Those who are told what is on disk. */
export interface Watches {
  /** @throws StatusError Expired */
  add(resource: ResourceId, after: number, listener: Listener): Cancel;
  tell(changes: readonly Change[]): void;
}

export function watches(disk: Disk): Watches {
  const watchers = new Map<ResourceId, Set<Listener>>();
  return {
    add(resource, after, listener) {
      if (after < disk.horizon) throw gone(`too old resource version: ${after} (${disk.horizon})`);
      for (const change of disk.changes(resource, after)) listener(change);
      // Who is ahead of the registry waits until it has come so far.
      const told: Listener = change => {
        if (change.version > after) listener(change);
      };
      const known = watchers.get(resource) ?? new Set();
      watchers.set(resource, known.add(told));
      return () => known.delete(told);
    },
    tell(changes) {
      for (const change of changes)
        for (const listener of watchers.get(change.resource) ?? []) listener(change);
    },
  };
}
