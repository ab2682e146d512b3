import xterm from '@xterm/headless';

/** The screen of a terminal, as it looks after what was written to it. */
export interface Screen {
  /** Resolves when it is drawn. */
  write(text: string): Promise<void>;
  /** What is to be read there, scrolled off lines included, without the spaces and empty lines at the ends. */
  lines(): string[];
  /** Where the cursor stands: in which of these lines, and at which column, both from 0. */
  cursor(): [line: number, column: number];
  cursorIsShown(): boolean;
  /** All that was written, control codes included. */
  written(): string;
}

/** @param columns its width; it is 24 rows high */
export function screenOf(columns: number): Screen {
  const terminal = new xterm.Terminal({cols: columns, rows: 24, allowProposedApi: true, convertEol: true});
  const {active} = terminal.buffer;
  let written = '';
  return {
    write(text) {
      written += text;
      return new Promise(resolve => terminal.write(text, resolve));
    },
    lines() {
      const all = Array.from(
        {length: active.length},
        (_, y) => active.getLine(y)?.translateToString().trimEnd() ?? '',
      );
      return all.slice(0, all.findLastIndex(line => line !== '') + 1);
    },
    cursor: () => [active.baseY + active.cursorY, active.cursorX],
    cursorIsShown: () => written.lastIndexOf('\u001b[?25l') <= written.lastIndexOf('\u001b[?25h'),
    written: () => written,
  };
}
