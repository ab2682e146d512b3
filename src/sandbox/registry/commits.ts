import type {SandboxClock} from '../clock.ts';
import {StatusError} from '../status-error.ts';
import type {Disk} from './disk.ts';
import type {Change} from './registry.ts';

/** Takes changes to disk, those of one turn together. */
export interface Commits {
  add(change: Change): void;
  /** @throws StatusError 500 while the disk is not likely to take a write */
  admit(): void;
  durable(): Promise<void>;
  /** Writes what is waiting now. */
  flush(): void;
}

interface Results {
  /** They are on disk. */
  onWritten(changes: readonly Change[]): void;
  /** They never will be. */
  onFailed(changes: readonly Change[]): void;
}

/** How long writes are refused after the disk refused one: simulated milliseconds. */
const patience = 1_000;

export function commits(disk: Disk, clock: SandboxClock, {onWritten, onFailed}: Results): Commits {
  let waiting: Change[] = [];
  let outcome: PromiseWithResolvers<void> | undefined;
  let failure: {error: StatusError; at: number} | undefined;

  return {
    add(change) {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push(change);
    },
    admit() {
      if (failure && clock.since(failure.at) < patience) throw failure.error;
    },
    durable() {
      if (waiting.length === 0) return Promise.resolve();
      outcome ??= Promise.withResolvers();
      return outcome.promise;
    },
    flush,
  };

  function flush(): void {
    if (waiting.length === 0) return;
    const changes = waiting;
    const told = outcome;
    waiting = [];
    outcome = undefined;
    try {
      disk.write(changes);
      failure = undefined;
    } catch (error) {
      failure = {error: diskRefused(error), at: clock.now()};
      onFailed(changes);
      told?.reject(failure.error);
      return;
    }
    onWritten(changes);
    told?.resolve();
  }
}

const diskRefused = (cause: unknown) =>
  new StatusError(
    500,
    'InternalError',
    `Internal error occurred: the sandbox cannot write its state to disk (${(cause as Error).message}), so nothing was changed. Is the disk full?`,
  );
