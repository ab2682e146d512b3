import type {Clock} from './engine/ports.ts';

/** The computer's own time. */
export const realClock: Clock = {
  now: () => Date.now(),
  at(time, callback, signal) {
    if (signal.aborted) return;
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', cancel);
        callback();
      },
      Math.max(0, time - Date.now()),
    );
    const cancel = () => clearTimeout(timer);
    signal.addEventListener('abort', cancel, {once: true});
  },
};
