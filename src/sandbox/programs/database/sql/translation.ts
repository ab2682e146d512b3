import type {TableDefinition} from '../engine/definition.ts';
import type {Clause} from '../errors.ts';
import {type Cursor, listOf} from './cursor.ts';
import {type Kind, text, type Value} from './values.ts';

/** What a translation may ask of the session. */
export interface Surroundings {
  /** The current database. */
  database: string | undefined;
  /** A table's or view's definition; information_schema's are made on the way. @throws SqlError 1146, 1142 */
  table(database: string, name: string): TableDefinition;
  /** e.g. @@global.port or @@port. @throws SqlError 1193 */
  systemVariable(name: string): Value;
  userVariable(name: string): Value;
  /** now(), user() and other functions of no argument, by name. */
  fact(name: string): Value | undefined;
  /** Values of ? in a prepared statement, in order. */
  parameters: readonly Value[];
}

/** One statement on its way from MySQL's to SQLite's words. */
export interface Translation {
  readonly cursor: Cursor;
  readonly surroundings: Surroundings;
  /** Where each column was named, for errors that SQLite finds. */
  readonly references: {name: string; clause: Clause}[];
  /** In which clause the cursor is. */
  clause: Clause;
  /** The tables of the select that the cursor is in, and of those around it. */
  scope: Scope;
  /** Names of common table expressions. */
  readonly expressions: Set<string>;
  /** How VALUES(column) is written, within ON DUPLICATE KEY UPDATE. */
  newValue?: (column: string) => string;
  parametersUsed: number;
  readonly grammar: Grammar;
}

/** An expression may hold a query, and a query is made of expressions: how the parts of the grammar reach each other. */
export interface Grammar {
  /** @param least the binding power that an operator must have to belong to it */
  expression(translation: Translation, least: number): Piece;
  query(translation: Translation): Query;
}

/** A query in SQLite's words, and the columns that it gives: one for a wildcard, too, named *. */
export interface Query {
  sql: string;
  columns: readonly QueryColumn[];
}
export interface QueryColumn {
  name: string;
  kind(): Kind;
}

/** A part of a statement in SQLite's words. Its kind is known when all of FROM has been read. */
export interface Piece {
  sql: string;
  kind(): Kind;
}

export interface Scope {
  /** In order. */
  tables: ScopedTable[];
  /** Does the select make one value of many rows? */
  aggregated?: boolean;
  outer?: Scope;
}

export interface ScopedTable {
  alias: string;
  /** The columns' kinds, by name in lower case. */
  kinds: ReadonlyMap<string, Kind>;
  /** Where it is stored; undefined for what a query gives. */
  stored?: {database: string; table: string};
}

export const piece = (sql: string, kind: Kind | (() => Kind)): Piece => ({
  sql,
  kind: typeof kind === 'function' ? kind : () => kind,
});

export const newTranslation = (
  cursor: Cursor,
  surroundings: Surroundings,
  grammar: Grammar,
): Translation => ({
  cursor,
  surroundings,
  references: [],
  clause: 'select',
  scope: {tables: []},
  expressions: new Set(),
  parametersUsed: 0,
  grammar,
});

/** An expression; every operation comes out in parentheses. @param least as in `Grammar` @throws SqlError 1064 */
export const translateExpression = (translation: Translation, least = 0): Piece =>
  translation.grammar.expression(translation, least);

/** Expressions with commas between them. @throws SqlError 1064 */
export const translateList = (translation: Translation): Piece[] =>
  listOf(translation.cursor, () => translateExpression(translation));

/** SELECT, with all that may stand around it: WITH, UNION, ORDER BY, LIMIT. @throws SqlError */
export const translateQuery = (translation: Translation): Query => translation.grammar.query(translation);

/** Reads one clause; what it names is said to be in it. */
export function inClause<T>(translation: Translation, clause: Clause, read: () => T): T {
  const before = translation.clause;
  translation.clause = clause;
  const result = read();
  translation.clause = before;
  return result;
}

/** A column's kind, where the scope (or one around it) knows it. */
export function columnKind(scope: Scope | undefined, table: string | undefined, column: string): Kind {
  for (let level = scope; level; level = level.outer)
    for (const {alias, kinds} of level.tables) {
      const kind = kinds.get(column.toLowerCase());
      if (kind && (table === undefined || alias.toLowerCase() === table.toLowerCase())) return kind;
    }
  return text;
}

export function inScope<T>(translation: Translation, scope: Scope, read: () => T): T {
  const before = translation.scope;
  translation.scope = scope;
  const result = read();
  translation.scope = before;
  return result;
}
