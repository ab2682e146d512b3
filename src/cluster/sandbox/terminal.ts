import type {Readable, Writable} from 'node:stream';
import type {Terminal} from '../../sandbox/life/node-command.ts';

/** The streams of whoever works with the cluster; they may be a terminal or not. */
export interface TerminalStreams {
  stdin: Readable & {isTTY?: boolean; setRawMode?(raw: boolean): unknown};
  stdout: Writable & {isTTY?: boolean; columns?: number; rows?: number};
  stderr: Writable;
}

/** Are both ends a terminal, so that a program can be used interactively? */
export const terminalOf = ({stdin, stdout}: TerminalStreams): Terminal | undefined =>
  stdin.isTTY && stdout.isTTY ? stdout : undefined;

/** Gives every key to the program as it is pressed, Ctrl-C too; the terminal is as before when it has ended. */
export async function inRawMode<T>({stdin}: TerminalStreams, run: () => Promise<T>): Promise<T> {
  stdin.setRawMode?.(true);
  try {
    return await run();
  } finally {
    stdin.setRawMode?.(false);
  }
}
