import {SqlError, unknownDatabase} from '../errors.ts';
import type {ColumnType} from '../sql/column-types.ts';
import {type Cursor, cursorOf, listOf} from '../sql/cursor.ts';
import {parseTableOptions} from '../sql/table-definitions/options.ts';
import {noParts, type TableParts} from '../sql/table-definitions/parts.ts';
import {parseTablePart} from '../sql/table-definitions/table-part.ts';
import {translateQuery} from '../sql/translation.ts';
import {backquoted, type Kind, type Value} from '../sql/values.ts';
import {checked} from './checked-definition.ts';
import type {ColumnDefinition, TableDefinition} from './definition.ts';
import {remove} from './drop-tables.ts';
import {insertRows} from './insert/insert.ts';
import {splitName, tableName, writableTable} from './named-table.ts';
import {demand, select, translationFor} from './query.ts';
import {type Done, done} from './result.ts';
import {databaseExists, note, type Session} from './session.ts';
import {createStorage} from './storage.ts';
import {define} from './transactions.ts';

/** CREATE TABLE, also … LIKE and … SELECT. @throws SqlError */
export async function createTable(
  session: Session,
  cursor: Cursor,
  parameters: readonly Value[],
  replace: boolean,
): Promise<Done> {
  const optional = cursor.accept('if', 'not', 'exists');
  const {database, table} = splitName(session, tableName(cursor));
  demand(session, 'CREATE', database, table);
  if (!(await databaseExists(session, database))) throw unknownDatabase(database);
  if (session.dictionary.find(database, table)) {
    const message = `Table '${table}' already exists`;
    if (!optional && !replace) throw new SqlError(1050, '42S01', message);
    if (optional) {
      note(session, 1050, message);
      return done();
    }
    await remove(session, database, table);
  }
  const like = cursor.accept('like') || cursor.accept('(', 'like');
  if (like) return createLike(session, cursor, database, table);
  const {parts, options} = readDefinition(session, cursor, parameters, database, table);
  const query = sourceQuery(session, cursor, parameters, parts);
  cursor.end();
  const definition = checked(session, database, table, parts, options);
  await make(session, database, table, definition, options.nextId);
  return query === undefined ? done() : fill(session, database, table, query, parameters);
}

function readDefinition(
  session: Session,
  cursor: Cursor,
  parameters: readonly Value[],
  database: string,
  table: string,
) {
  const parts = noParts();
  const context = {translation: translationFor(session, cursor, parameters), database, table};
  if (cursor.at('(') && !/^(select|with)$/i.test(cursor.peek(1).text)) {
    cursor.expect('(');
    listOf(cursor, () => parseTablePart(context, parts));
    cursor.expect(')');
  }
  const options = parseTableOptions(cursor);
  if (cursor.accept('partition', 'by')) while (!/^(select|as|;|)$/i.test(cursor.peek().text)) cursor.next();
  return {parts, options};
}

/** The query of CREATE TABLE … SELECT: its columns become the table's. @returns its text */
function sourceQuery(
  session: Session,
  cursor: Cursor,
  parameters: readonly Value[],
  parts: TableParts,
): string | undefined {
  cursor.accept('ignore') || cursor.accept('replace');
  cursor.accept('as');
  if (!cursor.at('select') && !cursor.at('with') && !cursor.at('(')) return undefined;
  const text = cursor.sql.slice(cursor.peek().start);
  const inner = cursorOf(text, session.server.flavour);
  const translation = translationFor(session, inner, parameters);
  const query = translateQuery(translation);
  for (const {name, kind} of select(
    session,
    translation,
    `SELECT * FROM (${query.sql}) LIMIT 0`,
    new Map(query.columns.map((column, at) => [at, column.kind()])),
  ).columns)
    if (!parts.columns.some(column => column.name.toLowerCase() === name.toLowerCase()))
      parts.columns.push(columnFor(name, kind));
  while (cursor.peek().kind !== 'end') cursor.next();
  return text;
}

/** A column that holds what an expression gives. */
export function columnFor(name: string, kind: Kind): ColumnDefinition {
  const types: Readonly<Record<Kind['is'], Pick<ColumnType, 'name' | 'sizes'>>> = {
    int: {name: 'bigint', sizes: []},
    decimal: {name: 'decimal', sizes: [20, kind.scale ?? 0]},
    double: {name: 'double', sizes: []},
    string: {name: 'varchar', sizes: [255]},
    binary: {name: 'longblob', sizes: []},
    date: {name: 'date', sizes: []},
    datetime: {name: 'datetime', sizes: []},
    time: {name: 'time', sizes: []},
    null: {name: 'binary', sizes: [0]},
  };
  const type = {...types[kind.is], unsigned: false, zerofill: false, members: []};
  return {name, type, nullable: true, autoIncrement: false, onUpdateNow: false, comment: ''};
}

async function fill(
  session: Session,
  database: string,
  table: string,
  query: string,
  parameters: readonly Value[],
) {
  const insert = cursorOf(`${backquoted(database)}.${backquoted(table)} ${query}`, session.server.flavour);
  const result = await insertRows('INSERT')(session, insert, parameters);
  return 'affected' in result ? result : done();
}

async function createLike(session: Session, cursor: Cursor, database: string, table: string): Promise<Done> {
  const {definition} = writableTable(session, tableName(cursor), 'SELECT');
  cursor.accept(')');
  cursor.end();
  await make(session, database, table, {
    ...definition,
    foreignKeys: [],
    createdAt: session.server.clock.now(),
  });
  return done();
}

async function make(
  session: Session,
  database: string,
  table: string,
  definition: TableDefinition,
  nextId = 1n,
) {
  await session.server.directory.createTable(database, table, false);
  await define(session, () => {
    createStorage(session.connection, database, table, definition);
    session.dictionary.save(database, table, definition);
    session.dictionary.setNextId(database, table, nextId);
  });
}
