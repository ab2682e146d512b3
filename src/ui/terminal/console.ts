import {clearScreenDown, createInterface, cursorTo, type Interface, moveCursor} from 'node:readline';
import type {Readable, Writable} from 'node:stream';
import {truncate} from '../wrap.ts';

export interface ConsoleOptions {
  input: Readable & {isTTY?: boolean};
  output: Writable;
  /** How wide the live line may be. */
  width: () => number;
  /** How wide the terminal is, which may be wider. */
  columns: () => number;
  prompt: string;
  complete: (line: string) => [string[], string];
}

/** What came from the prompt: a line, Ctrl-C on an empty line, or the end of the input (Ctrl-D). */
export type Asked = {type: 'line'; line: string} | {type: 'interrupt'} | {type: 'end'};

/**
 * A prompt at the bottom of the terminal, with a live line above it. Lines can be printed at any time: they
 * appear above both, and what is being typed stays as it is.
 */
export class PromptConsole {
  readonly #options: ConsoleOptions;
  #history: string[] = [];
  #reader: Interface | undefined;
  #live = '';
  #liveRows = 0;
  #held: string[] | undefined;

  constructor(options: ConsoleOptions) {
    this.#options = options;
  }

  /** One line from the learner. */
  ask(): Promise<Asked> {
    const reader = this.#open();
    return new Promise(resolve => {
      const done = (asked: Asked) => {
        reader.off('line', onLine);
        reader.off('SIGINT', onInterrupt);
        reader.off('close', onEnd);
        this.#close();
        resolve(asked);
      };
      const onLine = (line: string) => done({type: 'line', line});
      const onEnd = () => done({type: 'end'});
      const onInterrupt = () => {
        if (reader.line === '') return done({type: 'interrupt'});
        this.#write('^C\n');
        this.#liveRows = 0;
        (reader as unknown as {prevRows: number}).prevRows = 0;
        reader.write(null, {ctrl: true, name: 'e'});
        reader.write(null, {ctrl: true, name: 'u'});
        this.#draw();
      };
      reader.on('line', onLine);
      reader.on('SIGINT', onInterrupt);
      reader.on('close', onEnd);
      this.#draw();
    });
  }

  /** Prints lines above the prompt; while another program owns the screen they are held back. */
  print(lines: readonly string[]): void {
    if (lines.length === 0) return;
    if (this.#held) this.#held.push(...lines);
    else {
      this.#erase();
      this.#write(`${lines.join('\n')}\n`);
      this.#draw();
    }
  }

  /** What stands right above the prompt and changes in place; '' for nothing. */
  setLive(text: string): void {
    if (text === this.#live) return;
    if (this.#held || !this.#reader) {
      this.#live = text;
      return;
    }
    this.#erase();
    this.#live = text;
    this.#draw();
  }

  /** Another program has the terminal while this runs. With `quiet` nothing is printed until it has ended. */
  async handOver<T>(quiet: boolean, run: () => Promise<T>): Promise<T> {
    if (quiet) this.#held = [];
    try {
      return await run();
    } finally {
      this.#beginLine();
      const held = this.#held ?? [];
      this.#held = undefined;
      this.print(held);
    }
  }

  close(): void {
    this.#erase();
    this.#close();
  }

  #open(): Interface {
    const {input, output, prompt, complete} = this.#options;
    this.#reader = createInterface({
      input,
      output,
      prompt,
      completer: complete,
      terminal: true,
      history: this.#history,
      historySize: 200,
      removeHistoryDuplicates: true,
    });
    this.#reader.on('history', history => {
      this.#history = [...history];
    });
    return this.#reader;
  }

  #close(): void {
    const reader = this.#reader;
    this.#reader = undefined;
    this.#liveRows = 0;
    reader?.close();
  }

  /** Takes the prompt, what is typed there and the live line off the screen; the cursor stands where they began. */
  #erase(): void {
    if (!this.#reader) return;
    const {output} = this.#options;
    moveCursor(output, 0, -(this.#reader.getCursorPos().rows + this.#liveRows));
    cursorTo(output, 0);
    clearScreenDown(output);
    this.#liveRows = 0;
  }

  #draw(): void {
    if (!this.#reader) return;
    if (this.#live !== '') {
      this.#write(`${truncate(this.#live, this.#options.width() - 1)}\n`);
      this.#liveRows = 1;
    }
    // readline moves up from where it believes the cursor to be before it draws; we stand at the beginning already.
    (this.#reader as unknown as {prevRows: number}).prevRows = 0;
    this.#reader.prompt(true);
  }

  /**
   * Goes to the next line if the program that had the terminal left the cursor within one, as `-o jsonpath` does:
   * the prompt would be drawn over it. Nobody tells where the cursor is, but as many spaces as there are columns end
   * on the line that they began in only when they began at its left edge.
   */
  #beginLine(): void {
    this.#write(`${' '.repeat(this.#options.columns())}\r`);
  }

  #write(text: string): void {
    this.#options.output.write(text);
  }
}
