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

/** What Node.js' timers can wait for, in milliseconds: one for longer would be over at once. */
const longestTimer = 2 ** 31 - 1;

export const realClock = (speed = 1): SandboxClock => ({
  speed,
  now: () => Date.now(),
  since: then => (Date.now() - then) * speed,
  after(milliseconds, callback) {
    let timer: NodeJS.Timeout;
    const wait = (left: number) => {
      const piece = Math.min(left, longestTimer);
      timer = setTimeout(() => (left > piece ? wait(left - piece) : callback()), piece);
    };
    wait(milliseconds / speed);
    return () => clearTimeout(timer);
  },
});
