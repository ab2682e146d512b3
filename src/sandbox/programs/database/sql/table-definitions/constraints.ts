import type {KeyDefinition} from '../../engine/definition.ts';
import {type Cursor, inParentheses} from '../cursor.ts';
import {type Translation, translateExpression} from '../translation.ts';
import {addKey, type DefinitionContext, sameName, type TableParts} from './parts.ts';

/** A key, foreign key or check. @returns false when something else is next */
export function parseConstraint(context: DefinitionContext, parts: TableParts): boolean {
  const {cursor} = context.translation;
  const named = cursor.accept('constraint');
  const symbol =
    named && !/^(primary|unique|foreign|check)$/i.test(cursor.peek().text) ? cursor.name() : undefined;
  if (cursor.accept('primary', 'key')) {
    indexType(cursor);
    addKey(parts, {name: 'PRIMARY', unique: true, columns: keyColumns(cursor)});
    for (const name of parts.keys.at(-1)?.columns ?? [])
      parts.columns = parts.columns.map(column =>
        sameName(column.name, name) ? {...column, nullable: false} : column,
      );
  } else if (cursor.accept('unique')) {
    cursor.accept('key') || cursor.accept('index');
    addKey(parts, parseKey(cursor, true, symbol));
  } else if (cursor.accept('foreign', 'key')) parseForeignKey(context, parts, symbol);
  else if (cursor.accept('check')) parts.checks.push(parseCheck(context, parts, symbol));
  else if (startsKey(cursor)) {
    cursor.accept('fulltext') || cursor.accept('spatial');
    cursor.accept('key') || cursor.accept('index');
    addKey(parts, parseKey(cursor, false, undefined));
  } else return named ? cursor.fail() : false;
  return true;
}

const startsKey = (cursor: Cursor) =>
  ['key', 'index', 'fulltext', 'spatial'].some(word => cursor.at(word)) &&
  (cursor.peek(1).text === '(' ||
    !/^(int|varchar|char|text|bigint|date|datetime)$/i.test(cursor.peek(1).text));

function parseKey(cursor: Cursor, unique: boolean, symbol: string | undefined): KeyDefinition {
  const name = cursor.at('(') || cursor.at('using') ? symbol : cursor.name();
  indexType(cursor);
  const columns = keyColumns(cursor);
  return {name: name ?? columns[0] ?? '', unique, columns};
}

function indexType(cursor: Cursor) {
  if (cursor.accept('using')) cursor.name();
}

/** Names in parentheses; lengths and directions are passed over. */
export function keyColumns(cursor: Cursor): string[] {
  const columns = inParentheses(cursor, () => {
    const name = cursor.name();
    if (cursor.at('(')) inParentheses(cursor, () => cursor.integer());
    cursor.accept('asc') || cursor.accept('desc');
    return name;
  });
  indexType(cursor);
  if (cursor.accept('comment')) cursor.text();
  return columns;
}

function parseForeignKey(context: DefinitionContext, parts: TableParts, symbol: string | undefined) {
  const {cursor} = context.translation;
  const index = cursor.at('(') ? undefined : cursor.name();
  const columns = keyColumns(cursor);
  addForeignKey(context, parts, symbol, columns);
  const covered = parts.keys.some(key => columns.every((name, at) => sameName(key.columns[at] ?? '', name)));
  if (!covered) addKey(parts, {name: symbol ?? index ?? columns[0] ?? '', unique: false, columns});
}

/** From REFERENCES on. */
export function addForeignKey(
  context: DefinitionContext,
  parts: TableParts,
  symbol: string | undefined,
  columns: string[],
) {
  const {translation, database, table} = context;
  const {cursor} = translation;
  cursor.expect('references');
  const first = cursor.name();
  const place = cursor.accept('.') ? {database: first, table: cursor.name()} : {database, table: first};
  const referenced = cursor.at('(') ? keyColumns(cursor) : columns;
  const actions = {onDelete: 'RESTRICT', onUpdate: 'RESTRICT'};
  while (cursor.accept('on')) {
    const which = cursor.accept('delete') ? 'onDelete' : 'onUpdate';
    if (which === 'onUpdate') cursor.expect('update');
    actions[which] = referenceAction(cursor);
  }
  const name = symbol ?? `${table}_ibfk_${parts.foreignKeys.length + 1}`;
  parts.foreignKeys.push({name, columns, ...place, referenced, ...actions});
}

function referenceAction(cursor: Cursor): string {
  if (cursor.accept('set', 'null')) return 'SET NULL';
  if (cursor.accept('set', 'default')) return 'SET DEFAULT';
  if (cursor.accept('no', 'action')) return 'NO ACTION';
  if (cursor.accept('cascade')) return 'CASCADE';
  cursor.expect('restrict');
  return 'RESTRICT';
}

/** (condition) behind CHECK. @param symbol its name, when it has one @throws SqlError 1064 */
export function parseCheck(
  {translation, table}: DefinitionContext,
  parts: TableParts,
  symbol: string | undefined,
) {
  const {sql, text} = writtenExpression(translation);
  const generic = translation.cursor.flavour.name === 'mariadb' ? 'CONSTRAINT_' : `${table}_chk_`;
  return {name: symbol ?? `${generic}${parts.checks.length + 1}`, sql, text};
}

/** (expression): in SQLite's words, and `text` as it was written. @throws SqlError 1064 */
export function writtenExpression(translation: Translation): {sql: string; text: string} {
  const {cursor} = translation;
  cursor.expect('(');
  const start = cursor.peek().start;
  const {sql} = translateExpression(translation);
  const text = cursor.sql.slice(start, cursor.peek().start).trim();
  cursor.expect(')');
  return {sql, text};
}
