import {noSuchTable, notSimulated, SqlError, unknownDatabase} from '../errors.ts';
import {isText, typeText} from '../sql/column-types.ts';
import {type Cursor, cursorOf} from '../sql/cursor.ts';
import {dateTimeText} from '../sql/dates.ts';
import {translateExpression} from '../sql/expressions.ts';
import {quoteName, text, type Value} from '../sql/values.ts';
import {showCreateUser, showGrants} from './accounts.ts';
import {storedName, type TableDefinition} from './definition.ts';
import {createTableText, defaultText, extraText, keyMark} from './describe-table.ts';
import {tableName} from './insert.ts';
import {demand, runQuery, select, translationFor} from './query.ts';
import {type Result, type Rows, rowsOf} from './result.ts';
import {splitName} from './row-writing.ts';
import {currentAccount, databaseExists, type Session} from './session.ts';
import {serverStatus} from './status.ts';
import {likeMatches, may, maySee} from './users.ts';

/** SHOW. @throws SqlError */
export async function show(session: Session, cursor: Cursor): Promise<Result> {
  const full = cursor.accept('full') || cursor.accept('extended');
  const global = cursor.accept('global');
  if (!global) cursor.accept('session') || cursor.accept('local');
  if (cursor.accept('create')) return showCreate(session, cursor);
  if (cursor.accept('count')) return countOf(session, cursor);
  const found = shows.find(([words]) => cursor.accept(...words.split(' ')));
  if (!found) return cursor.fail();
  return found[1](session, cursor, {full, global});
}

interface Options {
  full: boolean;
  global: boolean;
}
type Show = (session: Session, cursor: Cursor, options: Options) => Result | Promise<Result>;

const shows: readonly (readonly [words: string, show: Show])[] = [
  ['databases', databases],
  ['schemas', databases],
  ['tables', tables],
  ['table status', tableStatus],
  ['open tables', nothing('Database', 'Table', 'In_use', 'Name_locked')],
  ['columns', columns],
  ['fields', columns],
  ['index', indexes],
  ['indexes', indexes],
  ['keys', indexes],
  ['grants', (session, cursor) => showGrants(session, cursor)],
  ['processlist', processes],
  ['variables', variables],
  ['status', status],
  ['warnings', warnings],
  ['errors', warnings],
  ['engines', engines],
  ['storage engines', engines],
  ['character set', characterSets],
  ['charset', characterSets],
  ['collation', collations],
  ['privileges', nothing('Privilege', 'Context', 'Comment')],
  ['plugins', nothing('Name', 'Status', 'Type', 'Library', 'License')],
  ['triggers', nothing('Trigger', 'Event', 'Table', 'Statement', 'Timing', 'Created')],
  ['events', nothing('Db', 'Name', 'Definer', 'Time zone', 'Type', 'Execute at')],
  ['function status', nothing('Db', 'Name', 'Type', 'Definer', 'Modified', 'Created')],
  ['procedure status', nothing('Db', 'Name', 'Type', 'Definer', 'Modified', 'Created')],
  ['package status', nothing('Db', 'Name', 'Type', 'Definer', 'Modified', 'Created')],
  ['package body status', nothing('Db', 'Name', 'Type', 'Definer', 'Modified', 'Created')],
  ['binary logs', withoutBinaryLog],
  ['master logs', withoutBinaryLog],
  ['master status', nothing('File', 'Position', 'Binlog_Do_DB', 'Binlog_Ignore_DB')],
  ['replica status', nothing('Slave_IO_State', 'Master_Host')],
  ['slave status', nothing('Slave_IO_State', 'Master_Host')],
];

function nothing(...names: string[]): Show {
  return (session, cursor) => filtered(session, cursor, rowsOf(names, []));
}

function withoutBinaryLog(): never {
  throw new SqlError(1381, 'HY000', 'You are not using binary logging');
}

/** LIKE on the first column, or WHERE on all. */
function filtered(session: Session, cursor: Cursor, rows: Rows): Rows {
  if (cursor.accept('like')) {
    const pattern = cursor.text();
    cursor.end();
    return {...rows, rows: rows.rows.filter(([first]) => likeMatches(pattern, String(first)))};
  }
  if (cursor.accept('where')) return where(session, cursor, rows);
  cursor.end();
  return rows;
}

function where(session: Session, cursor: Cursor, rows: Rows): Rows {
  const names = rows.columns.map(({name}) => quoteName(name)).join(', ');
  session.connection.exec(`CREATE TEMP TABLE "#show" (${names})`);
  try {
    const insert = session.connection.prepare(
      `INSERT INTO temp."#show" VALUES (${rows.columns.map(() => '?').join(', ')})`,
    );
    for (const row of rows.rows) insert.run(...row);
    const translation = translationFor(session, cursor, []);
    const condition = translateExpression(translation).sql;
    cursor.end();
    return {
      ...rows,
      rows: select(session, translation, `SELECT * FROM temp."#show" WHERE ${condition}`).rows,
    };
  } finally {
    session.connection.exec('DROP TABLE temp."#show"');
  }
}

/** With the pattern in the header, as SHOW DATABASES and SHOW TABLES have it. */
const headed = (cursor: Cursor, name: string) =>
  cursor.at('like') ? `${name} (${cursor.peek(1).text})` : name;

async function databases(session: Session, cursor: Cursor): Promise<Result> {
  const account = currentAccount(session);
  const names = ['information_schema', ...(await session.server.directory.databases())]
    .filter(name => name === 'information_schema' || maySee(account, name))
    .toSorted();
  return filtered(
    session,
    cursor,
    rowsOf(
      [headed(cursor, 'Database')],
      names.map(name => [name]),
    ),
  );
}

/** FROM or IN a database; else the current one. @throws SqlError 1044, 1046, 1049 */
async function fromDatabase(session: Session, cursor: Cursor): Promise<string> {
  const named = cursor.accept('from') || cursor.accept('in') ? cursor.name() : session.database;
  if (named === undefined) throw new SqlError(1046, '3D000', 'No database selected');
  const account = currentAccount(session);
  if (named !== 'information_schema' && !maySee(account, named))
    throw new SqlError(
      1044,
      '42000',
      `Access denied for user '${account.user}'@'${account.host}' to database '${named}'`,
    );
  if (!(await databaseExists(session, named))) throw unknownDatabase(named);
  return named;
}

async function tables(session: Session, cursor: Cursor, {full}: Options): Promise<Result> {
  const database = await fromDatabase(session, cursor);
  const names = [headed(cursor, `Tables_in_${database}`), ...(full ? ['Table_type'] : [])];
  const rows = session.dictionary
    .list(database)
    .map(({name, definition}) => [
      name,
      ...(full ? [definition.view === undefined ? 'BASE TABLE' : 'VIEW'] : []),
    ]);
  return filtered(session, cursor, rowsOf(names, rows));
}

async function tableStatus(session: Session, cursor: Cursor): Promise<Result> {
  const database = await fromDatabase(session, cursor);
  const names =
    'Name,Engine,Version,Row_format,Rows,Avg_row_length,Data_length,Max_data_length,Index_length,Data_free,' +
    'Auto_increment,Create_time,Update_time,Check_time,Collation,Checksum,Create_options,Comment';
  const mariadbOnly = session.server.flavour.name === 'mariadb' ? ',Max_index_length,Temporary' : '';
  const rows = session.dictionary.list(database).map(({name, definition}) => {
    const rest = mariadbOnly === '' ? [] : [0, 'N'];
    const count = definition.view === undefined ? rowCount(session, database, name) : 0;
    const next = definition.columns.some(column => column.autoIncrement)
      ? session.dictionary.nextId(database, name)
      : null;
    return [
      name,
      definition.engine,
      10,
      'Dynamic',
      count,
      count === 0 ? 0 : Math.floor(16384 / count),
      16384,
      0,
      Math.max(0, definition.keys.length - 1) * 16384,
      0,
      next,
      dateTimeText(definition.createdAt),
      null,
      null,
      definition.collation,
      null,
      '',
      definition.comment,
      ...rest,
    ] satisfies Value[];
  });
  return filtered(session, cursor, rowsOf(`${names}${mariadbOnly}`.split(','), rows));
}

export function rowCount(session: Session, database: string, table: string): number {
  const counted = session.connection
    .prepare(`SELECT count(*) AS n FROM ${storedName(database, table)}`)
    .get();
  return Number(counted?.n ?? 0);
}

/** FROM table [FROM database] */
function fromTable(session: Session, cursor: Cursor) {
  cursor.accept('from') || cursor.expect('in');
  const parts = tableName(cursor);
  const place = cursor.accept('from') || cursor.accept('in') ? [cursor.name(), ...parts] : parts;
  return definitionOf(session, place);
}

function definitionOf(session: Session, parts: readonly string[]) {
  const {database, table} = splitName(session, parts);
  demand(session, 'SELECT', database, table);
  const definition = session.dictionary.find(database, table);
  if (!definition) throw noSuchTable(database, table);
  return {database, table, definition};
}

function columns(session: Session, cursor: Cursor, {full}: Options): Result {
  const {definition} = fromTable(session, cursor);
  return filtered(session, cursor, columnRows(session, definition, full));
}

function columnRows(session: Session, definition: TableDefinition, full: boolean): Rows {
  const {flavour} = session.server;
  const names = full
    ? ['Field', 'Type', 'Collation', 'Null', 'Key', 'Default', 'Extra', 'Privileges', 'Comment']
    : ['Field', 'Type', 'Null', 'Key', 'Default', 'Extra'];
  const rows = definition.columns.map(column => {
    const collation = isText(column.type) ? (column.collation ?? definition.collation) : null;
    return [
      column.name,
      typeText(column.type, flavour),
      ...(full ? [collation] : []),
      column.nullable ? 'YES' : 'NO',
      keyMark(definition, column),
      defaultText(column),
      extraText(column, flavour),
      ...(full ? ['select,insert,update,references', column.comment] : []),
    ];
  });
  return {columns: names.map(name => ({name, kind: {...text, notNull: name !== 'Default'}})), rows};
}

function indexes(session: Session, cursor: Cursor): Result {
  const {database, table, definition} = fromTable(session, cursor);
  const names =
    'Table,Non_unique,Key_name,Seq_in_index,Column_name,Collation,Cardinality,Sub_part,Packed,Null,Index_type,' +
    `Comment,Index_comment,${session.server.flavour.name === 'mariadb' ? 'Ignored' : 'Visible,Expression'}`;
  const count = rowCount(session, database, table);
  const last = session.server.flavour.name === 'mariadb' ? ['NO'] : ['YES', null];
  const rows = definition.keys.flatMap(key =>
    key.columns.map((name, index) => {
      const column = definition.columns.find(one => one.name.toLowerCase() === name.toLowerCase());
      const nullable = column?.nullable ? 'YES' : '';
      return [
        table,
        key.unique ? 0 : 1,
        key.name,
        index + 1,
        name,
        'A',
        count,
        null,
        null,
        nullable,
        'BTREE',
        '',
        '',
        ...last,
      ];
    }),
  );
  return filtered(session, cursor, rowsOf(names.split(','), rows));
}

/** DESCRIBE table [column]. @throws SqlError 1146 */
export function describe(session: Session, cursor: Cursor): Result | Promise<Result> {
  if (/^(select|insert|update|delete|with|format|extended|analyze)$/i.test(cursor.peek().text))
    return explain(session, cursor);
  const {definition} = definitionOf(session, tableName(cursor));
  const rows = columnRows(session, definition, false);
  if (cursor.peek().kind === 'end' || cursor.at(';')) return rows;
  const pattern = cursor.text();
  cursor.end();
  return {...rows, rows: rows.rows.filter(([name]) => likeMatches(pattern, String(name)))};
}

/** EXPLAIN of a query: one line for each of its tables, all of them scanned. */
export function explain(session: Session, cursor: Cursor): Result | Promise<Result> {
  if (!/^(select|insert|update|delete|with|format|extended|analyze|\()$/i.test(cursor.peek().text))
    return describe(session, cursor);
  cursor.accept('extended') || cursor.accept('analyze');
  if (cursor.at('format')) throw notSimulated('EXPLAIN FORMAT');
  const start = cursor.peek().start;
  const names = 'id,select_type,table,type,possible_keys,key,key_len,ref,rows,Extra'.split(',');
  if (!cursor.at('select'))
    return rowsOf(names, [[1, cursor.next().text.toUpperCase(), null, 'ALL', null, null, null, null, 1, '']]);
  const query = cursorOf(cursor.sql.slice(start), session.server.flavour);
  const translation = translationFor(session, query, []);
  const used: [string, string][] = [];
  const {table} = translation.surroundings;
  const watched = {
    ...translation.surroundings,
    table: (database: string, name: string) => {
      used.push([database, name]);
      return table(database, name);
    },
  };
  runQuery(session, cursorOf(cursor.sql.slice(start), session.server.flavour), [], watched);
  if (used.length === 0)
    return rowsOf(names, [[1, 'SIMPLE', null, null, null, null, null, null, null, 'No tables used']]);
  return rowsOf(
    names,
    used.map(([database, name]) => [
      1,
      'SIMPLE',
      name,
      'ALL',
      null,
      null,
      null,
      null,
      rowCount(session, database, name),
      '',
    ]),
  );
}

async function showCreate(session: Session, cursor: Cursor): Promise<Result> {
  if (cursor.accept('user')) return showCreateUser(session, cursor);
  if (cursor.accept('database') || cursor.accept('schema')) return showCreateDatabase(session, cursor);
  const view = cursor.accept('view');
  if (!view) cursor.expect('table');
  const {database, table, definition} = definitionOf(session, tableName(cursor));
  cursor.end();
  if (definition.view !== undefined)
    return rowsOf(
      ['View', 'Create View', 'character_set_client', 'collation_connection'],
      [
        [
          table,
          `CREATE ALGORITHM=UNDEFINED DEFINER=\`root\`@\`localhost\` SQL SECURITY DEFINER VIEW \`${table}\` AS ${definition.view}`,
          'utf8mb4',
          session.server.flavour.collation,
        ],
      ],
    );
  if (view) throw new SqlError(1347, 'HY000', `'${database}.${table}' is not of type 'VIEW'`);
  const next = session.dictionary.nextId(database, table);
  return rowsOf(
    ['Table', 'Create Table'],
    [[table, createTableText(table, definition, next, session.server.flavour)]],
  );
}

async function showCreateDatabase(session: Session, cursor: Cursor): Promise<Result> {
  cursor.accept('if', 'not', 'exists');
  const name = cursor.name();
  cursor.end();
  if (!(await databaseExists(session, name))) throw unknownDatabase(name);
  const {flavour} = session.server;
  const row = session.connection
    .prepare('SELECT charset, collation FROM "#databases" WHERE name = ?')
    .get(name);
  const charset = String(row?.charset ?? 'utf8mb4');
  const collation = String(row?.collation ?? flavour.collation);
  const encryption = flavour.name === 'mysql' ? " /*!80016 DEFAULT ENCRYPTION='N' */" : '';
  return rowsOf(
    ['Database', 'Create Database'],
    [
      [
        name,
        `CREATE DATABASE \`${name}\` /*!40100 DEFAULT CHARACTER SET ${charset} COLLATE ${collation} */${encryption}`,
      ],
    ],
  );
}

function processes(session: Session, cursor: Cursor): Result {
  cursor.end();
  const all = may(currentAccount(session), 'PROCESS');
  const own = [...session.server.sessions.values()].filter(other => all || other.user === session.user);
  const {flavour, clock} = session.server;
  const names = ['Id', 'User', 'Host', 'db', 'Command', 'Time', 'State', 'Info'];
  const rows = own.map(other => {
    const seconds = other.running ? Math.floor(clock.since(other.running.since) / 1000) : 0;
    const state = other.running ? 'starting' : '';
    const base = [
      other.id,
      other.user,
      other.host,
      other.database ?? null,
      other.running ? 'Query' : 'Sleep',
      seconds,
      state,
      other.running?.sql ?? null,
    ];
    return flavour.name === 'mariadb' ? [...base, '0.000'] : base;
  });
  return rowsOf(flavour.name === 'mariadb' ? [...names, 'Progress'] : names, rows);
}

function variables(session: Session, cursor: Cursor, {global}: Options): Result {
  const values = global ? session.server.variables : session.variables;
  const rows = [...values].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return filtered(session, cursor, rowsOfText(['Variable_name', 'Value'], rows));
}

function status(session: Session, cursor: Cursor): Result {
  return filtered(session, cursor, rowsOfText(['Variable_name', 'Value'], serverStatus(session)));
}

const rowsOfText = (names: readonly string[], rows: readonly (readonly string[])[]): Rows => ({
  columns: names.map(name => ({name, kind: {...text, notNull: true}})),
  rows,
});

function warnings(session: Session, cursor: Cursor): Result {
  const onlyErrors = cursor.peek(-1).text.toLowerCase() === 'errors';
  const rows = session.warnings
    .filter(({level}) => !onlyErrors || level === 'Error')
    .map(({level, code, message}) => [level, code, message]);
  return rowsOf(['Level', 'Code', 'Message'], rows);
}

function countOf(session: Session, cursor: Cursor): Result {
  cursor.expect('(', '*', ')');
  const what = cursor.name().toLowerCase();
  return rowsOf([`@@session.${what.replace(/s$/, '')}_count`], [[session.warnings.length]]);
}

function engines(session: Session, cursor: Cursor): Result {
  const names = ['Engine', 'Support', 'Comment', 'Transactions', 'XA', 'Savepoints'];
  const comment =
    session.server.flavour.name === 'mariadb'
      ? 'Supports transactions, row-level locking, foreign keys and encryption for tables'
      : 'Supports transactions, row-level locking, and foreign keys';
  return filtered(session, cursor, rowsOf(names, [['InnoDB', 'DEFAULT', comment, 'YES', 'YES', 'YES']]));
}

function characterSets(session: Session, cursor: Cursor): Result {
  const names = ['Charset', 'Description', 'Default collation', 'Maxlen'];
  const rows = [
    ['latin1', 'cp1252 West European', 'latin1_swedish_ci', 1],
    ['utf8mb3', 'UTF-8 Unicode', 'utf8mb3_general_ci', 3],
    ['utf8mb4', 'UTF-8 Unicode', session.server.flavour.collation, 4],
    ['binary', 'Binary pseudo charset', 'binary', 1],
  ];
  return filtered(session, cursor, rowsOf(names, rows));
}

function collations(session: Session, cursor: Cursor): Result {
  const names = ['Collation', 'Charset', 'Id', 'Default', 'Compiled', 'Sortlen'];
  const rows = [
    ['utf8mb4_general_ci', 'utf8mb4', 45, '', 'Yes', 1],
    ['utf8mb4_bin', 'utf8mb4', 46, '', 'Yes', 1],
    [session.server.flavour.collation, 'utf8mb4', 255, 'Yes', 'Yes', 8],
  ];
  return filtered(session, cursor, rowsOf(names, rows));
}
