import {EventEmitter, once} from 'node:events';
import type {Clock} from '../../../src/engine/ports.ts';
import type {Millis} from '../../../src/world/object.ts';

/** Time passes only when a test says so. */
export class ManualClock implements Clock {
  #now: Millis = 0;
  readonly #timers = new Set<{time: Millis; callback: () => void}>();
  readonly #changed = new EventEmitter();

  now(): Millis {
    return this.#now;
  }

  at(time: Millis, callback: () => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    const forget = () => this.#timers.delete(timer);
    const timer = {
      time,
      callback: () => {
        signal.removeEventListener('abort', forget);
        callback();
      },
    };
    this.#timers.add(timer);
    signal.addEventListener('abort', forget);
    this.#changed.emit('timer');
  }

  advance(milliseconds: Millis): void {
    this.#now += milliseconds;
    for (const timer of [...this.#timers].sort((a, b) => a.time - b.time)) {
      if (timer.time > this.#now || !this.#timers.delete(timer)) continue;
      timer.callback();
    }
  }

  /** How long from now the timers are set that have not gone off. */
  get pending(): Millis[] {
    return [...this.#timers].map(({time}) => time - this.#now);
  }

  /** Waits until a timer is set for so long from now. */
  async timer(milliseconds: Millis): Promise<void> {
    while (!this.pending.includes(milliseconds)) await once(this.#changed, 'timer');
  }
}
