import {createInterface} from 'node:readline';
import {PassThrough, type Readable, type Writable} from 'node:stream';
import type {LineSource} from './line-source.ts';

const ctrlC = 0x03;

/**
 * Lines typed at a terminal in raw mode: node:readline echoes and edits them. A program that reads standard input
 * gets the keys as they come, but for Ctrl-C, which is always the shell's.
 */
export function terminalLines(stdin: Readable, stdout: Writable): LineSource {
  /** Typed ahead; undefined is a Ctrl-D. */
  const waiting: (string | undefined)[] = [];
  const history: string[] = [];
  let interrupt: () => void = () => {};
  /** Who gets the keys now. */
  let keys: PassThrough | undefined;
  let ended = false;

  stdin.on('data', (chunk: Buffer) => {
    const at = chunk.lastIndexOf(ctrlC);
    if (at < 0) return void keys?.write(chunk);
    stdout.write('^C\r\n');
    waiting.length = 0;
    interrupt();
    if (at + 1 < chunk.length) keys?.write(chunk.subarray(at + 1));
  });
  stdin.once('end', () => {
    ended = true;
    keys?.end();
  });

  const ask = (prompt: string): Promise<string | undefined> => {
    const input = new PassThrough();
    const reader = createInterface({input, output: stdout, terminal: true, prompt, history: [...history]});
    return new Promise(resolve => {
      let first: string | undefined;
      let closing = false;
      const finish = () => {
        // Ctrl-D came right behind the line: it is for whoever reads next.
        if (first !== undefined && !closing) waiting.push(undefined);
        keys = undefined;
        interrupt = outer;
        resolve(first);
      };
      const outer = interrupt;
      // At the prompt Ctrl-C gives up the line, not the shell.
      interrupt = () => {
        reader.write(null, {ctrl: true, name: 'e'});
        reader.write(null, {ctrl: true, name: 'u'});
        reader.prompt();
      };
      reader.on('line', text => {
        if (first !== undefined) return void waiting.push(text);
        first = text;
        if (text.trim()) history.unshift(text);
        // What was pasted along with it comes in the same turn.
        setImmediate(() => {
          closing = true;
          reader.close();
        });
      });
      reader.once('close', finish);
      keys = input;
      if (ended) input.end();
      reader.prompt();
    });
  };

  return {
    next: async prompt => (waiting.length > 0 ? waiting.shift() : ended ? undefined : ask(prompt)),
    async readAll() {
      const typed: string[] = [];
      for (let text = await this.next(''); text !== undefined; text = await this.next(''))
        typed.push(`${text}\n`);
      return Buffer.from(typed.join(''));
    },
    programInput() {
      keys = new PassThrough();
      return keys;
    },
    programsAreDone() {
      keys?.end();
      keys = undefined;
    },
    onInterrupt: listener => {
      interrupt = listener;
    },
    close() {
      stdin.removeAllListeners('data');
    },
  };
}
