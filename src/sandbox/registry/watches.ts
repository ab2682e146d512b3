import type {Cancel} from '../clock.ts';
import type {ResourceId} from '../objects.ts';
import {gone} from '../status-error.ts';
import type {Disk} from './disk.ts';
import type {Change} from './registry.ts';
import {subscribers} from './subscribers.ts';

/** Those who are told what is on disk. */
export interface Watches {
  /** @throws StatusError Expired */
  add(resource: ResourceId, after: number, listener: (change: Change) => void): Cancel;
  tell(changes: readonly Change[]): void;
}

export function watches(disk: Disk): Watches {
  const live = subscribers();
  return {
    add(resource, after, listener) {
      if (after < disk.horizon) throw gone(`too old resource version: ${after} (${disk.horizon})`);
      for (const change of disk.changes(resource, after)) listener(change);
      // Who is ahead of the registry waits until it has come so far.
      return live.add(resource, change => {
        if (change.version > after) listener(change);
      });
    },
    tell(changes) {
      for (const change of changes) live.tell(change);
    },
  };
}
