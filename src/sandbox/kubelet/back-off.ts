import type {SandboxClock} from '../clock.ts';

/** How long to wait before the same thing is tried again: 10 s after the second failure, doubled up to 300 s. */
export interface BackOff {
  /** Milliseconds of the current pause, whether or not it is over; 0 when there was none. */
  current(key: string): number;
  /** Milliseconds that are left of it, counted from `since`. @param since milliseconds since the epoch */
  left(key: string, since: number): number;
  /** The next pause: twice as long, or the first one again when all was well for twice the longest one. */
  next(key: string, since: number): void;
  forget(prefix: string): void;
}

const first = 10_000;
const longest = 300_000;

export function createBackOff(clock: SandboxClock): BackOff {
  const pauses = new Map<string, {length: number; updated: number}>();
  return {
    current: key => pauses.get(key)?.length ?? 0,
    left(key, since) {
      const pause = pauses.get(key);
      // A container that ran for twice the longest pause is taken as well again.
      if (!pause || since - pause.updated > (2 * longest) / clock.speed) return 0;
      return Math.max(0, pause.length - clock.since(since));
    },
    next(key, since) {
      const pause = pauses.get(key);
      const expired = !pause || since - pause.updated > (2 * longest) / clock.speed;
      const length = expired ? first : Math.min(longest, pause.length * 2);
      pauses.set(key, {length, updated: clock.now()});
    },
    forget(prefix) {
      for (const key of pauses.keys()) if (key.startsWith(prefix)) pauses.delete(key);
    },
  };
}
