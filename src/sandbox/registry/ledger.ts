import type {Cancel, SandboxClock} from '../clock.ts';
import type {ResourceId, Stored} from '../objects.ts';
import {commits} from './commits.ts';
import {openDisk} from './disk.ts';
import {settled} from './json.ts';
import {type Memory, memory} from './memory.ts';
import type {Change} from './registry.ts';
import {subscribers} from './subscribers.ts';
import {atVersion, reversed} from './versions.ts';
import {watches} from './watches.ts';

type Listener = (change: Change) => void;

/** The objects as they are now. Every change gets a number, is told, and goes to disk. */
export interface Ledger {
  /** Of the newest change that was not undone. */
  readonly version: number;
  readonly objects: Pick<Memory, 'of' | 'ownedBy' | 'podsOn'>;
  /** @throws StatusError 500 while the disk is not likely to take a write */
  admit(): void;
  /** Stores it in the place of `before`, which it is when nothing differs. */
  put(resource: ResourceId, object: Stored, before?: Stored): Stored;
  remove(resource: ResourceId, before: Stored): void;
  subscribe(resource: ResourceId | undefined, listener: Listener): Cancel;
  /** @throws StatusError Expired */
  watch(resource: ResourceId, after: number, listener: Listener): Cancel;
  durable(): Promise<void>;
  close(): Promise<void>;
}

/** @throws StateFileError */
export function openLedger(directory: string, clock: SandboxClock): Ledger {
  const disk = openDisk(directory);
  const objects = memory();
  const listeners = subscribers();
  const watchers = watches(disk);
  const commit = commits(disk, clock, {onWritten: watchers.tell, onFailed: undo});
  for (const {resource, object} of disk.load()) objects.replace(resource, undefined, settled(object));
  let version = disk.version;
  /** The newest number given out. One that was undone is not given out again. */
  let counter = version;

  return {
    get version() {
      return version;
    },
    objects,
    admit: commit.admit,
    put(resource, draft, before) {
      const next = settled(draft, before);
      if (next === before) return before;
      const object = atVersion(next, counter + 1);
      const type = before ? 'MODIFIED' : 'ADDED';
      record({type, resource, object, ...(before && {before}), version: counter + 1});
      return object;
    },
    remove(resource, before) {
      const object = atVersion(before, counter + 1);
      record({type: 'DELETED', resource, object, before, version: counter + 1});
    },
    subscribe: listeners.add,
    watch: watchers.add,
    durable: commit.durable,
    async close() {
      const written = commit.durable();
      commit.flush();
      await written.finally(disk.close);
    },
  };

  function record(change: Change): void {
    counter = change.version;
    version = change.version;
    apply(change);
    commit.add(change);
    listeners.tell(change);
  }

  function apply({type, resource, object, before}: Change): void {
    objects.replace(resource, before, type === 'DELETED' ? undefined : object);
  }

  /** Nobody outside has heard of these changes: it is as if they had not been. */
  function undo(changes: readonly Change[]): void {
    version = disk.version;
    const undone = changes.toReversed().map(change => {
      counter += 1;
      return reversed(change, counter);
    });
    for (const change of undone) apply(change);
    for (const change of undone) listeners.tell(change);
  }
}
