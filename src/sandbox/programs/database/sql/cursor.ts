import {syntaxError} from '../errors.ts';
import type {Flavour} from '../flavour.ts';
import {type Token, tokenize} from './tokens.ts';

/** A place in a statement, for parsers that read it from left to right. Words are compared without case. */
export interface Cursor {
  readonly sql: string;
  readonly flavour: Flavour;
  /** The token `ahead` places further on: 0 is the next one, -1 the last one read. */
  peek(ahead?: number): Token;
  next(): Token;
  /** Are these words or symbols next? */
  at(...texts: string[]): boolean;
  /** Passes over them if they are. */
  accept(...texts: string[]): boolean;
  /** @throws SqlError 1064 when they are not next */
  expect(...texts: string[]): void;
  /** A name, quoted or not, e.g. of a column. @throws SqlError 1064 */
  name(): string;
  /** A string, or a bare word where one is allowed. @throws SqlError 1064 */
  text(): string;
  /** @throws SqlError 1064 */
  integer(): number;
  /** @throws SqlError 1064 when anything is left */
  end(): void;
  /** The text from here on is not understood. */
  fail(): never;
}

export function cursorOf(sql: string, flavour: Flavour): Cursor {
  const tokens = tokenize(sql, flavour);
  const last = tokens.length - 1;
  let index = 0;
  const peek = (ahead = 0): Token => tokens[Math.max(0, Math.min(index + ahead, last))] as Token;
  const next = () => {
    const token = peek();
    index = Math.min(index + 1, last);
    return token;
  };
  const is = (token: Token, text: string) =>
    (token.kind === 'word' || token.kind === 'symbol') && token.text.toLowerCase() === text.toLowerCase();
  const at = (...texts: string[]) => texts.every((text, ahead) => is(peek(ahead), text));
  const accept = (...texts: string[]) => {
    const found = at(...texts);
    if (found) for (const _ of texts) next();
    return found;
  };
  const fail = (): never => {
    throw syntaxError(flavour, sql, peek().start);
  };
  const take = (kinds: readonly Token['kind'][]) => (kinds.includes(peek().kind) ? next().text : fail());
  return {
    sql,
    flavour,
    peek,
    next,
    at,
    accept,
    fail,
    expect: (...texts) => void (accept(...texts) || fail()),
    name: () => take(['word', 'name']),
    text: () => take(['string', 'word', 'name']),
    integer: () => Number(take(['number'])),
    end: () => void (peek().kind === 'end' || at(';') || fail()),
  };
}

/** `one` as often as there are commas. */
export function listOf<T>(cursor: Cursor, one: (cursor: Cursor) => T): T[] {
  const list = [one(cursor)];
  while (cursor.accept(',')) list.push(one(cursor));
  return list;
}

/** The same in parentheses. */
export function inParentheses<T>(cursor: Cursor, one: (cursor: Cursor) => T): T[] {
  cursor.expect('(');
  const list = listOf(cursor, one);
  cursor.expect(')');
  return list;
}
