import type {SandboxClock} from '../../clock.ts';
import type {LookAgain} from '../work-queue.ts';

/**
 * Holds back writes of long lists: each costs as much as the list is long, so that a thousand Pods which become
 * ready one by one would cost a million addresses. Lists of up to a hundred are written at once.
 */
export function batching(clock: SandboxClock) {
  const written = new Map<string, {at: number; length: number}>();
  return {
    /** When this key may be written; undefined for now. */
    due(key: string): LookAgain | undefined {
      const last = written.get(key);
      const left = last ? pause(last.length) - clock.since(last.at) : 0;
      return left > 0 ? {after: left} : undefined;
    },
    done(key: string, length: number) {
      written.set(key, {at: clock.now(), length});
    },
  };
}

/** Milliseconds. */
const pause = (length: number) => (length <= 100 ? 0 : length / 4);
