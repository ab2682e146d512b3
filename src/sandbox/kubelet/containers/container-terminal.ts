import type {ProcessContext} from '../../programs/program.ts';

type Terminal = NonNullable<ProcessContext['tty']>;

export interface ContainerTerminal {
  tty: Terminal;
  /** Takes on the size of the terminal of who attaches, and follows it. */
  follow(terminal: Terminal): void;
}

/** The terminal of a container with `tty: true`: it is there before anybody attaches. */
export function containerTerminal(): ContainerTerminal {
  const listeners: ((columns: number, rows: number) => void)[] = [];
  const tty: Terminal = {columns: 80, rows: 24, onResize: listener => listeners.push(listener)};
  const resize = (columns: number, rows: number) => {
    Object.assign(tty, {columns, rows});
    for (const listener of listeners) listener(columns, rows);
  };
  return {
    tty,
    follow(terminal) {
      resize(terminal.columns, terminal.rows);
      terminal.onResize(resize);
    },
  };
}
