import type {SandboxClock} from '../clock.ts';

/** How long to wait before the same thing is tried again: 10 s after the second failure, doubled up to 300 s. */
export interface BackOff {
  /** The current pause in milliseconds, be it over or not; 0 when there was none. */
  current(key: string): number;
  /** Milliseconds that are left of it. @param since when it began, in milliseconds since the epoch; by default the last `next` */
  left(key: string, since?: number): number;
  /** The next pause: twice as long, or the first one again when all went well for twice the longest one before `since`. */
  next(key: string, since: number): void;
}

const first = 10_000;
const longest = 300_000;

export function createBackOff(clock: SandboxClock): BackOff {
  const pauses = new Map<string, {length: number; updated: number}>();
  const pauseOf = (key: string, since: number) => {
    const pause = pauses.get(key);
    return pause && clock.since(pause.updated) - clock.since(since) <= 2 * longest ? pause : undefined;
  };
  return {
    current: key => pauses.get(key)?.length ?? 0,
    left(key, since = pauses.get(key)?.updated ?? 0) {
      const pause = pauseOf(key, since);
      return pause ? Math.max(0, pause.length - clock.since(since)) : 0;
    },
    next(key, since) {
      const pause = pauseOf(key, since);
      pauses.set(key, {length: pause ? Math.min(longest, pause.length * 2) : first, updated: clock.now()});
    },
  };
}
