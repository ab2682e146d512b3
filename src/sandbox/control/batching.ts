import type {SandboxClock} from '../clock.ts';
import type {LookAgain} from './work-queue.ts';

export interface Batching {
  /** When this key may be looked at; undefined for now. */
  due(key: string): LookAgain | undefined;
  /** It was looked at now, and its list was so long. */
  done(key: string, length: number): void;
}

/**
 * Holds back looks that cost as much as a list is long: a thousand Pods that become ready one by one would otherwise
 * cost a million. What is short is looked at at once.
 */
export function batching(clock: SandboxClock): Batching {
  const done = new Map<string, {at: number; length: number}>();
  return {
    due(key) {
      const last = done.get(key);
      const left = last ? last.at + pause(last.length) - clock.now() : 0;
      return left > 0 ? {after: left * clock.speed} : undefined;
    },
    done(key, length) {
      if (length <= small) done.delete(key);
      else done.set(key, {at: clock.now(), length});
    },
  };
}

const small = 20;
/** In milliseconds of the computer's time, whose it is to save. */
const pause = (length: number) => length / 2;
