import type {Readable, Writable} from 'node:stream';

/** Everything that is not ours. src/cli.ts builds the real one, a test builds its own. */
export interface Outside {
  stdin: Readable & {isTTY?: boolean};
  stdout: Writable & {isTTY?: boolean};
  stderr: Writable & {isTTY?: boolean};
  /** Columns of the terminal; 80 where there is none. */
  columns: () => number;
  env: Record<string, string | undefined>;
  /** The learner's home directory. */
  home: string;
  platform: NodeJS.Platform;
  /** Aborts, with an ExpectedError `interrupted` as its reason, on SIGINT (see `whileAnother`), SIGTERM and SIGHUP. */
  signal: AbortSignal;
  /** Another program has the terminal: a Ctrl-C is meant for it, and does not abort the signal. */
  whileAnother: <T>(run: () => Promise<T>) => Promise<T>;
  /** How to start statelab again as a child: program and first arguments. */
  self: readonly string[];
  /** Where the command `statelab` lies, where other terminals do not find it on their PATH. */
  ownDirectory?: string;
}
