import {spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {onTestFinished} from 'vitest';
import {type Screen, screenOf} from './screen.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** script(1) of util-linux, which runs a program in a terminal of its own; undefined where there is none, or another. */
export const script = (process.env.PATH ?? '')
  .split(':')
  .map(directory => join(directory, 'script'))
  .find(file => process.platform === 'linux' && existsSync(file));

/** What somebody in front of a terminal has: a screen, and keys to press. */
export interface Terminal {
  press(keys: string): void;
  /** Resolves as soon as the screen shows it, and fails when the program ends without. */
  until(shown: RegExp): Promise<void>;
  screen: Screen;
  /** Sends a signal to statelab itself. */
  kill(signal: NodeJS.Signals): void;
  /** The exit code of statelab. */
  ended: Promise<number | null>;
}

/** statelab at a terminal. @param columns the terminal's, which is 24 rows high */
export function atTerminal(args: readonly string[], env: NodeJS.ProcessEnv, columns = 80): Terminal {
  const screen = screenOf(columns);
  const child = spawn(script ?? 'script', ['-qec', inShell(args, columns), '/dev/null'], {
    env: {...env, PATH: process.env.PATH, PATH_OF_TEST: env.PATH, SHELL: '/bin/sh', TERM: 'xterm'},
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const waiting = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    void screen.write(text).then(() => {
      for (const look of waiting) look();
    });
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return {
    press: keys => void child.stdin.write(keys),
    until: shown =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!shown.test(screen.lines().join('\n'))) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
        void ended.then(code =>
          reject(new Error(`ended with ${code} without ${shown}:\n${screen.written()}`)),
        );
      }),
    screen,
    kill: signal => void process.kill(Number(/^pid (\d+)/.exec(screen.written())?.[1]), signal),
    ended,
  };
}

/** The shell's place is taken by statelab, so its process id is statelab's too. */
function inShell(args: readonly string[], columns: number): string {
  const quoted = [process.execPath, cli, ...args].map(arg => `'${arg.replaceAll("'", `'\\''`)}'`);
  return `echo "pid $$"; stty cols ${columns} rows 24; PATH=$PATH_OF_TEST exec ${quoted.join(' ')}`;
}
