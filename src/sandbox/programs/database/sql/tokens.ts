import type {Flavour} from '../flavour.ts';

/**
 * A piece of a statement. `text` is the word as written, a string's or quoted name's content, or the symbol;
 * `end` is the token after the last one.
 */
export interface Token {
  kind:
    | 'word'
    | 'name'
    | 'string'
    | 'number'
    | 'hex'
    | 'variable'
    | 'system'
    | 'symbol'
    | 'unfinished'
    | 'end';
  text: string;
  /** Where it stands in the statement's text. */
  start: number;
  end: number;
}

/** Cuts SQL into tokens. Comments are left out, but what stands in an executable comment of this server is not. */
export function tokenize(sql: string, flavour: Pick<Flavour, 'name' | 'versionId'>): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const blank = /\s+|\*\/|#.*|--(?=\s|$).*/y;
    blank.lastIndex = at;
    // the end of an executable comment is passed over like a blank; a real */ cannot stand anywhere else
    if (blank.test(sql) && (!sql.startsWith('*/', at) || inExecutableComment(sql, at))) {
      at = blank.lastIndex;
      continue;
    }
    if (sql.startsWith('/*', at)) {
      at = commentEnd(sql, at, flavour);
      continue;
    }
    const token = tokenAt(sql, at);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({kind: 'end', text: '', start: sql.length, end: sql.length});
  return tokens;
}

const inExecutableComment = (sql: string, at: number) => /\/\*M?!/.test(sql.slice(0, at));

/** After the comment, or after the opening of an executable one. */
function commentEnd(sql: string, at: number, flavour: Pick<Flavour, 'name' | 'versionId'>): number {
  const executable = /\/\*(M?)!(\d{5,6})?/y;
  executable.lastIndex = at;
  const match = executable.exec(sql);
  const meant = match && (match[1] === '' || flavour.name === 'mariadb');
  if (meant && Number(match[2] ?? 0) <= flavour.versionId) return executable.lastIndex;
  const end = sql.indexOf('*/', at + 2);
  return end < 0 ? sql.length : end + 2;
}

const patterns: readonly [Token['kind'], RegExp][] = [
  ['hex', /0x[0-9a-f]+\b|x'(?:[0-9a-f]{2})*'/iy],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?![\w$])/iy],
  ['system', /@@(?:(?:global|session|local)\.)?[\w$]+/iy],
  ['variable', /@(?:[\w$.]+|`[^`]*`|'[^']*'|"[^"]*")/y],
  ['word', /[\w$\u0080-\uffff]+/y],
  ['symbol', /<=>|->>|->|:=|<<|>>|<=|>=|<>|!=|&&|\|\||[^\s]/y],
];

function tokenAt(sql: string, at: number): Token {
  const first = sql[at];
  if (first === "'" || first === '"' || first === '`') return quoted(sql, at, first);
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const text = pattern.exec(sql)?.[0];
    if (text !== undefined) return {kind, text, start: at, end: at + text.length};
  }
  return {kind: 'symbol', text: first ?? '', start: at, end: at + 1};
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  b: '\b',
  Z: '\x1a',
  // before these two the backslash stays, for LIKE
  '%': '\\%',
  _: '\\_',
};

function quoted(sql: string, start: number, quote: string): Token {
  let text = '';
  for (let at = start + 1; at < sql.length; at++) {
    const char = sql.charAt(at);
    if (char === '\\' && quote !== '`') {
      const next = sql.charAt(++at);
      text += escapes[next] ?? next;
    } else if (char !== quote) text += char;
    else if (sql[at + 1] === quote) text += sql.charAt(++at);
    else return {kind: quote === '`' ? 'name' : 'string', text, start, end: at + 1};
  }
  return {kind: 'unfinished', text, start, end: sql.length};
}
