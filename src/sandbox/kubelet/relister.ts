import type {Cancel, SandboxClock} from '../clock.ts';
import type {PodWorker} from './pod-worker.ts';

/**
 * How long after a container's start or end its Pod is looked at, in milliseconds. A real kubelet asks the container
 * runtime once a second, so that what starts and ends within that time shows as ended only. Here it needs to be no longer
 * than a program that fails at once takes.
 */
const period = 200;

export interface Relister {
  /** Pokes the worker with the next round. */
  add(worker: PodWorker): void;
  stop(): void;
}

/** One timer for all Pods of a node, and none when nothing happens. */
export function relister(clock: SandboxClock): Relister {
  const waiting = new Set<PodWorker>();
  let cancel: Cancel | undefined;
  const round = () => {
    cancel = undefined;
    for (const worker of waiting) worker.poke();
    waiting.clear();
  };
  return {
    add(worker) {
      waiting.add(worker);
      cancel ??= clock.after(period, round);
    },
    stop() {
      cancel?.();
      waiting.clear();
    },
  };
}
