/** Ends what a call began. Calling it twice does nothing more. */
export type Cancel = () => void;

/**
 * The sandbox's time. Timestamps are the computer's own, because kubectl compares them with its clock; only
 * what takes time runs faster: at speed 10 a back-off of 40 s is over after 4 s.
 */
export interface SandboxClock {
  /** How many times faster than the computer's clock; 1 is real time. */
  readonly speed: number;
  /** Milliseconds since the epoch, of the computer's clock. */
  now(): number;
  /** Simulated milliseconds since `then`, which is a time that `now` gave. */
  since(then: number): number;
  /** Calls back once after so many simulated milliseconds. */
  after(milliseconds: number, callback: () => void): Cancel;
}

export const realClock = (speed = 1): SandboxClock => ({
  speed,
  now: () => Date.now(),
  since: then => (Date.now() - then) * speed,
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds / speed);
    return () => clearTimeout(timer);
  },
});
