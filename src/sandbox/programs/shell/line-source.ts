import {createInterface} from 'node:readline';
import {PassThrough, type Readable} from 'node:stream';

/** Where an interactive shell gets its lines from, and what its programs may read meanwhile. */
export interface LineSource {
  /** Undefined at the end of input. */
  next(prompt: string): Promise<string | undefined>;
  /** The rest of the input, for a command like `cat`. */
  readAll(): Promise<Buffer>;
  /** Standard input for a program that reads as it likes. */
  programInput(): Readable;
  /** The shell reads again. */
  programsAreDone(): void;
  /** Replaces the listener of before. */
  onInterrupt(listener: () => void): void;
  close(): void;
}

/** Input without a terminal: a script. What its programs could read are its further lines. */
export function plainLines(stdin: Readable): LineSource {
  const interfaceOfLines = createInterface({input: stdin, terminal: false});
  const lines = interfaceOfLines[Symbol.asyncIterator]();
  const next = async () => {
    const {value, done} = await lines.next();
    return done ? undefined : String(value);
  };
  return {
    next,
    async readAll() {
      const rest: string[] = [];
      for (let line = await next(); line !== undefined; line = await next()) rest.push(`${line}\n`);
      return Buffer.from(rest.join(''));
    },
    programInput() {
      const input = new PassThrough();
      void this.readAll().then(rest => input.end(rest));
      return input;
    },
    programsAreDone() {},
    onInterrupt() {},
    close: () => interfaceOfLines.close(),
  };
}
