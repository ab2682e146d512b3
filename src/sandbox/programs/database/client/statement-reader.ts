/** What the client does next with what it was given. */
export type Action =
  | {kind: 'statement'; sql: string; vertical: boolean; line: number}
  /** e.g. use mysql, or \q */
  | {kind: 'command'; name: string; argument: string; line: number};

/** Cuts what is typed, or a script, into statements and the client's own commands. */
export interface StatementReader {
  /** @param line without its end */
  feed(line: string): Action[];
  /** What a script leaves without a delimiter at its end. */
  finish(): Action[];
  clear(): void;
  /** The prompt's end: where a statement is unfinished, and in what. Empty: at a beginning. */
  pending(): '' | '->' | "'>" | '">' | '`>' | '/*>';
}

/** Commands that stand alone on a line, with the letter that is the same after a backslash. */
const commands: Readonly<Record<string, string>> = {
  '?': 'help',
  h: 'help',
  q: 'quit',
  u: 'use',
  s: 'status',
  '.': 'source',
  d: 'delimiter',
  r: 'connect',
  c: 'clear',
  p: 'print',
  '!': 'system',
};
const words = new Set([...Object.values(commands), 'exit', 'warnings', 'nowarning', 'rehash']);

export function statementReader(): StatementReader {
  let delimiter = ';';
  let text = '';
  let inside: '' | "'" | '"' | '`' | '/*' = '';
  let line = 0;
  let startLine = 1;

  const take = (vertical: boolean): Action[] => {
    const sql = text.trim();
    text = '';
    if (sql === '') return [];
    return command(sql) ?? [{kind: 'statement', sql, vertical, line: startLine}];
  };

  function command(source: string): Action[] | undefined {
    const [, word = '', argument = ''] = /^\s*([a-z?]+)\b\s*(.*?)\s*$/i.exec(source) ?? [];
    const name = word.toLowerCase();
    if (!words.has(name)) return undefined;
    return act(name, argument);
  }

  function act(name: string, argument: string): Action[] {
    if (name === 'delimiter') {
      delimiter = argument || ';';
      return [];
    }
    if (name === 'clear') {
      text = '';
      return [];
    }
    return [{kind: 'command', name, argument: argument.replace(/^[`'"](.*)[`'"]$/, '$1'), line}];
  }

  /** @returns how many characters were read at this place */
  function step(source: string, at: number, actions: Action[]): number {
    const char = source.charAt(at);
    if (inside === '/*') {
      if (!source.startsWith('*/', at)) return keep(char);
      inside = '';
      return keep('*/');
    }
    if (inside !== '') {
      if (char === '\\' && inside !== '`') return keep(source.slice(at, at + 2));
      if (char === inside) inside = '';
      return keep(char);
    }
    if (source.startsWith(delimiter, at)) {
      actions.push(...take(false));
      return delimiter.length;
    }
    if (char === '\\') return backslash(source, at, actions);
    if (char === "'" || char === '"' || char === '`') inside = char;
    else if (source.startsWith('/*', at)) inside = '/*';
    else if (char === '#' || /^--(\s|$)/.test(source.slice(at))) return source.length - at;
    return keep(char);
  }

  const keep = (part: string) => {
    if (text.trim() === '' && part.trim() !== '') startLine = line;
    text += part;
    return part.length;
  };

  function backslash(source: string, at: number, actions: Action[]): number {
    const letter = source.charAt(at + 1);
    const rest = source.slice(at + 2).trim();
    if (letter === 'g' || letter === 'G') {
      actions.push(...take(letter === 'G'));
      return 2;
    }
    const name = commands[letter];
    if (name === undefined) return keep(source.slice(at, at + 2));
    const takesRest = /^(use|source|delimiter|connect|system)$/.test(name);
    actions.push(...act(name, takesRest ? rest : ''));
    return takesRest ? source.length - at : 2;
  }

  return {
    feed(source) {
      line++;
      // with a delimiter behind it a command is found like a statement
      const isAlone = text.trim() === '' && inside === '' && !source.includes(delimiter);
      const alone = isAlone || /^\s*delimiter\b/i.test(source) ? command(source) : undefined;
      if (alone) {
        text = '';
        return alone;
      }
      const actions: Action[] = [];
      for (let at = 0; at < source.length; ) at += step(source, at, actions) || 1;
      if (text.trim() !== '') text += '\n';
      return actions;
    },
    finish: () => take(false),
    clear() {
      text = '';
      inside = '';
    },
    pending() {
      if (inside !== '') return `${inside}>`;
      return text.trim() === '' ? '' : '->';
    },
  };
}
