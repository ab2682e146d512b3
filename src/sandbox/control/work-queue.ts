import {setImmediate} from 'node:timers';
import type {Cancel} from '../clock.ts';
import {StatusError} from '../status-error.ts';
import type {ControlContext} from './controller.ts';

/** When to look at the same key again, though nothing changed: in so many simulated milliseconds. */
export interface LookAgain {
  after: number;
}
/** What working on a key comes to: done, or a time to look again. */
// biome-ignore lint/suspicious/noConfusingVoidType: what has nothing to say need not return
export type Outcome = LookAgain | void;

export interface WorkQueue {
  /** Wants a look at this key in a turn to come. A key that waits already is not queued twice. */
  add(key: string): void;
}

/**
 * Calls `work` with every key that was added, in a turn of the event loop of its own, until the context's signal
 * aborts. All keys that wait are worked on in one turn. One key is never worked on twice at the same time: what
 * is added while an asynchronous `work` is under way comes after it.
 * A StatusError makes it try again, later each time; anything else thrown is a bug and goes to `context.report`.
 * A look that `work` asked for is forgotten when the key is worked on before: each look says anew when the next one is due.
 *
 * @param name the controller's, for reports
 */
export function workQueue(
  context: ControlContext,
  name: string,
  work: (key: string) => Outcome | Promise<Outcome>,
): WorkQueue {
  const {clock, signal, report} = context;
  const waiting = new Set<string>();
  const underWay = new Set<string>();
  const failures = new Map<string, number>();
  const timers = new Map<string, Cancel>();
  let scheduled = false;

  const add = (key: string) => {
    if (signal.aborted) return;
    waiting.add(key);
    if (!underWay.has(key)) wake();
  };
  const wake = () => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(turn);
  };
  const turn = () => {
    scheduled = false;
    for (const key of [...waiting]) {
      if (signal.aborted) return;
      if (!underWay.has(key)) start(key);
    }
  };
  const start = (key: string) => {
    waiting.delete(key);
    forgetTimer(key);
    try {
      const outcome = work(key);
      if (outcome instanceof Promise) finishLater(key, outcome);
      else succeeded(key, outcome);
    } catch (error) {
      failed(key, error);
    }
  };
  const finishLater = (key: string, outcome: Promise<Outcome>) => {
    underWay.add(key);
    outcome
      .then(
        value => succeeded(key, value),
        (error: unknown) => failed(key, error),
      )
      .finally(() => {
        underWay.delete(key);
        if (waiting.has(key)) wake();
      });
  };
  const succeeded = (key: string, outcome: Outcome) => {
    failures.delete(key);
    if (outcome) addAfter(key, outcome.after);
  };
  const failed = (key: string, error: unknown) => {
    if (signal.aborted) return;
    if (!(error instanceof StatusError)) {
      failures.delete(key);
      report(new Error(`${name} failed on ${key}`, {cause: error}));
      return;
    }
    const times = failures.get(key) ?? 0;
    failures.set(key, times + 1);
    addAfter(key, backOff(times));
  };
  const addAfter = (key: string, milliseconds: number) => {
    if (signal.aborted || waiting.has(key)) return;
    forgetTimer(key);
    const cancel = clock.after(milliseconds, () => {
      timers.delete(key);
      add(key);
    });
    timers.set(key, cancel);
  };
  const forgetTimer = (key: string) => {
    timers.get(key)?.();
    timers.delete(key);
  };

  signal.addEventListener('abort', () => {
    waiting.clear();
    for (const key of [...timers.keys()]) forgetTimer(key);
  });
  return {add};
}

/** As client-go's default rate limiter for controllers: 5 ms, doubled each time, at most 1000 s. */
const backOff = (failures: number) => Math.min(5 * 2 ** failures, 1_000_000);
