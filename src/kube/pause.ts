import type {Clock} from '../engine/ports.ts';

/** Resolves after so many milliseconds, or when the signal aborts. */
export const pause = (clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const end = () => {
      signal.removeEventListener('abort', end);
      resolve();
    };
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', end);
    clock.at(clock.now() + milliseconds, end, signal);
  });
