import {accessDenied, noSuchTable, SqlError, unknownColumn, unknownDatabase} from '../errors.ts';
import type {ColumnType} from '../sql/column-types.ts';
import {type Cursor, cursorOf, listOf} from '../sql/cursor.ts';
import {translateQuery} from '../sql/queries.ts';
import {
  keyColumns,
  noParts,
  parseTableOptions,
  parseTablePart,
  type TableParts,
} from '../sql/table-definitions.ts';
import {type Kind, quoteName, type Value} from '../sql/values.ts';
import {
  type ColumnDefinition,
  type ForeignKey,
  findColumn,
  storedName,
  type TableDefinition,
} from './definition.ts';
import {insertRows, tableName, writableTable} from './insert.ts';
import {demand, select, translationFor} from './query.ts';
import {type Done, done} from './result.ts';
import {childError, parentError, splitName} from './row-writing.ts';
import {currentAccount, databaseExists, note, type Session} from './session.ts';
import {createStorage, dropStorage, rebuildStorage} from './storage.ts';
import {define} from './transactions.ts';
import {may} from './users.ts';

/** CREATE DATABASE. @throws SqlError 1007, 1044 */
export async function createDatabase(session: Session, cursor: Cursor): Promise<Done> {
  const {directory, flavour} = session.server;
  const optional = cursor.accept('if', 'not', 'exists');
  const name = cursor.name();
  const {charset = 'utf8mb4', collation} = parseTableOptions(cursor);
  cursor.end();
  demandDatabase(session, 'CREATE', name);
  if (await databaseExists(session, name)) {
    const message = `Can't create database '${name}'; database exists`;
    if (!optional) throw new SqlError(1007, 'HY000', message);
    note(session, 1007, message);
    return done(1);
  }
  const sorted = collation ?? (charset === 'utf8mb4' ? flavour.collation : `${charset}_general_ci`);
  await define(session, () => {
    session.connection
      .prepare('INSERT OR REPLACE INTO "#databases" VALUES (?, ?, ?)')
      .run(name, charset, sorted);
  });
  await directory.createDatabase(name, charset, sorted);
  return done(1);
}

/** @throws SqlError 1044 */
function demandDatabase(session: Session, privilege: string, name: string) {
  const account = currentAccount(session);
  if (!may(account, privilege, name)) throw accessDenied(account.user, account.host, name);
}

/** DROP DATABASE. @throws SqlError 1008, 1044 */
export async function dropDatabase(session: Session, cursor: Cursor): Promise<Done> {
  const optional = cursor.accept('if', 'exists');
  const name = cursor.name();
  cursor.end();
  demandDatabase(session, 'DROP', name);
  if (!(await databaseExists(session, name))) {
    const message = `Can't drop database '${name}'; database doesn't exist`;
    if (!optional) throw new SqlError(1008, 'HY000', message);
    note(session, 1008, message);
    return done();
  }
  const tables = session.dictionary.list(name);
  await define(session, () => {
    for (const table of tables) forget(session, name, table.name, table.definition);
    session.connection.prepare('DELETE FROM "#databases" WHERE name = ?').run(name);
  });
  await session.server.directory.dropDatabase(name);
  if (session.database === name) session.database = undefined;
  return done(tables.length);
}

function forget(session: Session, database: string, table: string, definition: TableDefinition) {
  if (definition.view === undefined) dropStorage(session.connection, database, table);
  else session.connection.exec(`DROP VIEW IF EXISTS ${storedName(database, table)}`);
  session.dictionary.remove(database, table);
}

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
function columnFor(name: string, kind: Kind): ColumnDefinition {
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
  const insert = cursorOf(`${quoted(database)}.${quoted(table)} ${query}`, session.server.flavour);
  const result = await insertRows('INSERT')(session, insert, parameters);
  return 'affected' in result ? result : done();
}

const quoted = (name: string) => `\`${name.replaceAll('`', '``')}\``;

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

/** What was read, as a definition that makes sense. @throws SqlError 1075, 1113, 1072 */
export function checked(
  session: Session,
  database: string,
  table: string,
  parts: TableParts,
  options: ReturnType<typeof parseTableOptions>,
): TableDefinition {
  const {flavour, clock} = session.server;
  if (parts.columns.length === 0) throw new SqlError(1113, '42000', 'A table must have at least 1 column');
  for (const key of parts.keys)
    for (const name of key.columns)
      if (!parts.columns.some(column => column.name.toLowerCase() === name.toLowerCase()))
        throw new SqlError(
          1072,
          '42000',
          flavour.name === 'mariadb'
            ? `Key column '${name}' doesn't exist in table`
            : `Key column '${name}' doesn't exist in table`,
        );
  const automatic = parts.columns.filter(column => column.autoIncrement);
  const keyed = automatic.every(({name}) =>
    parts.keys.some(key => key.columns[0]?.toLowerCase() === name.toLowerCase()),
  );
  if (automatic.length > 1 || !keyed)
    throw new SqlError(
      1075,
      '42000',
      'Incorrect table definition; there can be only one auto column and it must be defined as a key',
    );
  const columns = parts.columns.map(column => (column.autoIncrement ? {...column, nullable: false} : column));
  for (const key of parts.foreignKeys) checkReference(session, database, table, columns, key);
  const charset = options.charset ?? 'utf8mb4';
  return {
    columns,
    keys: inOrder(parts.keys),
    foreignKeys: parts.foreignKeys,
    checks: parts.checks,
    engine: options.engine ?? 'InnoDB',
    charset,
    collation: options.collation ?? (charset === 'utf8mb4' ? flavour.collation : `${charset}_general_ci`),
    comment: options.comment ?? '',
    createdAt: clock.now(),
  };
}

/** As SHOW CREATE TABLE lists them: the primary key, unique keys, all others. */
const inOrder = (keys: TableParts['keys']) => keys.toSorted((one, other) => rank(one) - rank(other));
const rank = ({name, unique}: TableParts['keys'][number]) => (name === 'PRIMARY' ? 0 : unique ? 1 : 2);

/** A foreign key needs a table with such columns, and a key on them. */
function checkReference(
  session: Session,
  database: string,
  table: string,
  columns: readonly ColumnDefinition[],
  key: ForeignKey,
) {
  if (session.variables.get('foreign_key_checks') === 'OFF') return;
  const own = key.database === database && key.table === table;
  const parent = own ? undefined : session.dictionary.find(key.database, key.table);
  const has = (name: string) =>
    own
      ? columns.some(column => column.name.toLowerCase() === name.toLowerCase())
      : parent && findColumn(parent, name);
  if (key.referenced.every(has)) return;
  if (session.server.flavour.name === 'mysql')
    throw new SqlError(1824, 'HY000', `Failed to open the referenced table '${key.table}'`);
  throw new SqlError(
    1005,
    'HY000',
    `Can't create table \`${database}\`.\`${table}\` (errno: 150 "Foreign key constraint is incorrectly formed")`,
  );
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

async function remove(session: Session, database: string, table: string) {
  const definition = session.dictionary.find(database, table);
  if (!definition) return;
  await define(session, () => forget(session, database, table, definition));
  await session.server.directory.dropTable(database, table);
}

/** CREATE VIEW. @throws SqlError */
export async function createView(session: Session, cursor: Cursor, replace: boolean): Promise<Done> {
  const {database, table} = splitName(session, tableName(cursor));
  demand(session, 'CREATE VIEW', database, table);
  const names = cursor.at('(') ? keyColumns(cursor) : [];
  cursor.expect('as');
  const start = cursor.peek().start;
  const translation = translationFor(session, cursor, []);
  const query = translateQuery(translation);
  const text = cursor.sql.slice(start, cursor.peek(-1).end);
  const given = select(
    session,
    translation,
    `SELECT * FROM (${query.sql}) LIMIT 0`,
    new Map(query.columns.map((column, at) => [at, column.kind()])),
  );
  const old = session.dictionary.find(database, table);
  if (old && !(replace && old.view !== undefined))
    throw new SqlError(1050, '42S01', `Table '${table}' already exists`);
  const columns = given.columns.map(({name, kind}, index) => columnFor(names[index] ?? name, kind));
  const definition: TableDefinition = {
    ...checked(session, database, table, {...noParts(), columns}, {}),
    view: text,
  };
  await session.server.directory.createTable(database, table, true);
  await define(session, () => {
    const place = storedName(database, table);
    session.connection.exec(
      `DROP VIEW IF EXISTS ${place}; ` +
        `CREATE VIEW ${place} (${columns.map(({name}) => quoteName(name)).join(', ')}) AS ${query.sql}`,
    );
    session.dictionary.save(database, table, definition);
  });
  return done();
}

/** DROP TABLE. @throws SqlError 1051, 1451 */
export async function dropTables(session: Session, cursor: Cursor): Promise<Done> {
  const optional = cursor.accept('if', 'exists');
  const tables = listOf(cursor, () => splitName(session, tableName(cursor)));
  cursor.accept('restrict') || cursor.accept('cascade');
  cursor.end();
  const missing: string[] = [];
  for (const {database, table} of tables) {
    demand(session, 'DROP', database, table);
    const definition = session.dictionary.find(database, table);
    if (definition?.view !== undefined && session.server.flavour.name === 'mariadb')
      throw new SqlError(1965, '42S02', `'${database}.${table}' is a view`);
    if (!definition || definition.view !== undefined) missing.push(`${database}.${table}`);
    else {
      checkNotReferenced(
        session,
        database,
        table,
        tables.map(one => one.table),
      );
      await remove(session, database, table);
    }
  }
  if (missing.length === 0) return done();
  const message = `Unknown table '${missing.join(',')}'`;
  if (!optional) throw new SqlError(1051, '42S02', message);
  note(session, 1051, message);
  return done();
}

function checkNotReferenced(session: Session, database: string, table: string, doomed: readonly string[]) {
  if (session.variables.get('foreign_key_checks') === 'OFF') return;
  const referring = session.dictionary
    .list(database)
    .filter(({name}) => !doomed.includes(name))
    .flatMap(({name, definition}) => definition.foreignKeys.map(key => ({name, key})))
    .find(({key}) => key.table === table && key.database === database);
  if (!referring) return;
  if (session.server.flavour.name === 'mysql')
    throw new SqlError(
      3730,
      'HY000',
      `Cannot drop table '${table}' referenced by a foreign key constraint '${referring.key.name}' on table '${referring.name}'.`,
    );
  throw new SqlError(1451, '23000', 'Cannot delete or update a parent row: a foreign key constraint fails');
}

/** DROP VIEW. @throws SqlError 1347, 4092 */
export async function dropViews(session: Session, cursor: Cursor): Promise<Done> {
  const optional = cursor.accept('if', 'exists');
  const views = listOf(cursor, () => splitName(session, tableName(cursor)));
  cursor.end();
  for (const {database, table} of views) {
    demand(session, 'DROP', database, table);
    const definition = session.dictionary.find(database, table);
    if (!definition && !optional)
      throw session.server.flavour.name === 'mariadb'
        ? new SqlError(4092, '42S02', `Unknown VIEW: '${database}.${table}'`)
        : new SqlError(1051, '42S02', `Unknown table '${database}.${table}'`);
    if (definition && definition.view === undefined)
      throw new SqlError(1347, 'HY000', `'${database}.${table}' is not of type 'VIEW'`);
    await remove(session, database, table);
  }
  return done();
}

/** CREATE INDEX. @throws SqlError 1061, 1072 */
export async function createIndex(session: Session, cursor: Cursor, unique: boolean): Promise<Done> {
  cursor.accept('if', 'not', 'exists');
  const name = cursor.name();
  if (cursor.accept('using')) cursor.name();
  cursor.expect('on');
  const {database, table, definition} = writableTable(session, tableName(cursor), 'INDEX');
  const columns = keyColumns(cursor);
  cursor.end();
  if (definition.keys.some(key => key.name === name))
    throw new SqlError(1061, '42000', `Duplicate key name '${name}'`);
  const parts = {...partsOf(definition), keys: [...definition.keys, {name, unique, columns}]};
  await reshape(session, database, table, {
    ...definition,
    ...checked(session, database, table, parts, {}),
    createdAt: definition.createdAt,
  });
  return done(0, 'Records: 0  Duplicates: 0  Warnings: 0');
}

/** DROP INDEX. @throws SqlError 1091 */
export async function dropIndex(session: Session, cursor: Cursor): Promise<Done> {
  const optional = cursor.accept('if', 'exists');
  const name = cursor.name();
  cursor.expect('on');
  const {database, table, definition} = writableTable(session, tableName(cursor), 'INDEX');
  cursor.end();
  const keys = definition.keys.filter(key => key.name.toLowerCase() !== name.toLowerCase());
  if (keys.length === definition.keys.length && !optional) throw cannotDrop(session, 'INDEX', name);
  await reshape(session, database, table, {...definition, keys});
  return done(0, 'Records: 0  Duplicates: 0  Warnings: 0');
}

export const cannotDrop = (session: Session, what: string, name: string) =>
  new SqlError(
    1091,
    '42000',
    session.server.flavour.name === 'mariadb'
      ? `Can't DROP ${what} \`${name}\`; check that it exists`
      : `Can't DROP '${name}'; check that column/key exists`,
  );

export const partsOf = (definition: TableDefinition): TableParts => ({
  columns: [...definition.columns],
  keys: [...definition.keys],
  foreignKeys: [...definition.foreignKeys],
  checks: [...definition.checks],
});

/** Gives a table another definition and keeps its rows. @param origins the old name of each column that has one */
export async function reshape(
  session: Session,
  database: string,
  table: string,
  definition: TableDefinition,
  origins: ReadonlyMap<string, string> = new Map(definition.columns.map(({name}) => [name, name])),
  fillIn: (column: ColumnDefinition) => string = () => 'NULL',
) {
  const sources = new Map(
    definition.columns
      .filter(column => !column.generated)
      .map(column => {
        const origin = origins.get(column.name);
        return [column.name, origin === undefined ? fillIn(column) : quoteName(origin)];
      }),
  );
  await define(session, () => {
    session.connection.exec('PRAGMA legacy_alter_table = ON');
    try {
      rebuildStorage(session.connection, database, table, definition, sources);
    } catch (error) {
      throw error instanceof Error ? rebuildError(definition, error) : error;
    } finally {
      session.connection.exec('PRAGMA legacy_alter_table = OFF');
    }
    checkForeignKeys(session, database, table, definition);
    session.dictionary.save(database, table, definition);
  });
}

/** The rows that are there must fit a foreign key that is new. @throws SqlError 1452 */
function checkForeignKeys(session: Session, database: string, table: string, definition: TableDefinition) {
  if (session.variables.get('foreign_key_checks') === 'OFF') return;
  const [broken] = session.connection
    .prepare(`PRAGMA foreign_key_check(${storedName(database, table)})`)
    .all();
  const key = broken && definition.foreignKeys[definition.foreignKeys.length - 1 - Number(broken.fkid)];
  if (key) throw childError(database, table, key);
}

function rebuildError(definition: TableDefinition, error: Error): Error {
  const [, columns] = /UNIQUE constraint failed: (.*)$/.exec(error.message) ?? [];
  if (columns === undefined) return error;
  const names = columns.split(', ').map(column => column.slice(column.lastIndexOf('.') + 1));
  const key = definition.keys.find(one => one.unique && one.columns.join() === names.join());
  return new SqlError(1062, '23000', `Duplicate entry for key '${key?.name ?? 'PRIMARY'}'`);
}

/** RENAME TABLE a TO b, … @throws SqlError */
export async function renameTables(session: Session, cursor: Cursor): Promise<Done> {
  const pairs = listOf(cursor, () => {
    const from = splitName(session, tableName(cursor));
    cursor.expect('to');
    return {from, to: splitName(session, tableName(cursor))};
  });
  cursor.end();
  for (const {from, to} of pairs) await renameTable(session, from, to);
  return done();
}

type Place = ReturnType<typeof splitName>;

export async function renameTable(session: Session, from: Place, to: Place) {
  demand(session, 'ALTER', from.database, from.table);
  const definition = session.dictionary.find(from.database, from.table);
  if (!definition) throw noSuchTable(from.database, from.table);
  if (!(await databaseExists(session, to.database))) throw unknownDatabase(to.database);
  if (session.dictionary.find(to.database, to.table))
    throw new SqlError(1050, '42S01', `Table '${to.table}' already exists`);
  await define(session, () => {
    // SQLite lets foreign keys of others follow; the dictionary must say so, too
    session.connection.exec(
      `ALTER TABLE ${storedName(from.database, from.table)} RENAME TO ${storedName(to.database, to.table)}`,
    );
    session.dictionary.rename([from.database, from.table], [to.database, to.table]);
    for (const {name, definition: other} of session.dictionary.list(from.database))
      if (other.foreignKeys.some(key => key.table === from.table && key.database === from.database))
        session.dictionary.save(from.database, name, {
          ...other,
          foreignKeys: other.foreignKeys.map(key =>
            key.table === from.table && key.database === from.database ? {...key, ...to} : key,
          ),
        });
  });
  await session.server.directory.renameTable([from.database, from.table], [to.database, to.table]);
}

/** TRUNCATE. @throws SqlError 1146, 1701 */
export async function truncateTable(session: Session, cursor: Cursor): Promise<Done> {
  const {database, table, definition} = writableTable(session, tableName(cursor), 'DROP');
  cursor.end();
  const referenced = session.dictionary
    .list(database)
    .some(
      ({name, definition: other}) =>
        name !== table && other.foreignKeys.some(key => key.table === table && key.database === database),
    );
  if (referenced && session.variables.get('foreign_key_checks') !== 'OFF') {
    const {message} = parentError(session, {database, table, definition});
    throw new SqlError(
      1701,
      '42000',
      `Cannot truncate a table referenced in a foreign key constraint${message.slice(message.indexOf(' ('))}`,
    );
  }
  await define(session, () => {
    session.connection.exec(`DELETE FROM ${storedName(database, table)}`);
    session.dictionary.setNextId(database, table, 1n);
  });
  return done();
}

export const missingColumn = (session: Session, name: string, table: string) =>
  session.server.flavour.name === 'mariadb'
    ? new SqlError(1054, '42S22', `Unknown column '${name}' in '${table}'`)
    : unknownColumn(session.server.flavour, name, 'select');
