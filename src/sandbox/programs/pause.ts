import type {SandboxClock} from '../clock.ts';

/** Waits so many simulated milliseconds, or until the signal aborts. Never rejects. */
export function pauseFor(clock: SandboxClock, milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise(done => {
    const end = () => {
      cancel();
      signal.removeEventListener('abort', end);
      done();
    };
    const cancel = clock.after(milliseconds, end);
    signal.addEventListener('abort', end, {once: true});
  });
}
