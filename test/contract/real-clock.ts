import type {Clock} from '../../src/engine/ports.ts';

export const realClock: Clock = {
  now: () => Date.now(),
  at(time, callback, signal) {
    if (signal.aborted) return;
    const forget = () => clearTimeout(timer);
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', forget);
      callback();
    }, time - Date.now());
    signal.addEventListener('abort', forget);
  },
};
