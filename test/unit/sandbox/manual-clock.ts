import {setImmediate} from 'node:timers/promises';
import type {SandboxClock} from '../../../src/sandbox/clock.ts';

export interface ManualClock extends SandboxClock {
  /** Lets so many simulated milliseconds pass: what falls due is called in its order, each with the turns it asks for. */
  advance(milliseconds: number): Promise<void>;
}

/** A clock that stands still until a test advances it. */
export function manualClock(start = Date.parse('2026-11-21T12:00:00Z'), speed = 1): ManualClock {
  const timers = new Set<{due: number; callback: () => void}>();
  let passed = 0; // simulated milliseconds
  const nextDue = (until: number) => {
    const due = [...timers].filter(timer => timer.due <= until);
    return due.toSorted((one, other) => one.due - other.due)[0];
  };
  return {
    speed,
    now: () => start + passed / speed,
    since: then => passed - (then - start) * speed,
    after(milliseconds, callback) {
      const timer = {due: passed + milliseconds, callback};
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(milliseconds) {
      const until = passed + milliseconds;
      await fewTurns();
      for (let timer = nextDue(until); timer; timer = nextDue(until)) {
        timers.delete(timer);
        passed = Math.max(passed, timer.due);
        timer.callback();
        await fewTurns();
      }
      passed = until;
    },
  };
}

/** Enough for a chain of controllers that each wait for a turn of their own. */
async function fewTurns() {
  for (let turn = 0; turn < 10; turn++) await setImmediate();
}
