import {isText, kindOf, maxLength, typeText} from '../sql/column-types.ts';
import {dateTimeText} from '../sql/dates.ts';
import {quoteName, type Value} from '../sql/values.ts';
import {type ColumnDefinition, storedName, type TableDefinition} from './definition.ts';
import {defaultText, extraText, keyMark} from './describe-table.ts';
import {currentAccount, type Session} from './session.ts';
import {serverStatus} from './status.ts';
import {rowCount} from './storage.ts';
import {maySee} from './users.ts';

/** Databases whose tables are made when they are asked for. */
export const isSystemDatabase = (database: string) =>
  ['information_schema', 'mysql', 'performance_schema', 'sys'].includes(database.toLowerCase());

/**
 * Fills one of their tables, as a temporary one of this connection, with what is so now.
 * @returns its definition; undefined when there is no such table
 */
export function fillSystemTable(
  session: Session,
  database: string,
  name: string,
): TableDefinition | undefined {
  const source = sources[`${database}.${name}`.toLowerCase()];
  if (!source) return undefined;
  const columns = source.columns.split(' ');
  const place = `temp.${storedName(database, name)}`;
  session.connection.exec(`DROP TABLE IF EXISTS ${place}`);
  session.connection.exec(
    `CREATE TABLE ${place} (${columns.map(column => `${quoteName(column)} COLLATE NOCASE`).join(', ')})`,
  );
  const insert = session.connection.prepare(
    `INSERT INTO ${place} VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const rows = source.rows(session);
  for (const row of rows) insert.run(...row);
  return definitionOf(columns, rows);
}

function definitionOf(names: readonly string[], rows: readonly (readonly Value[])[]): TableDefinition {
  const columns = names.map((name, index): ColumnDefinition => {
    const numeric = rows.some(row => typeof row[index] === 'number' || typeof row[index] === 'bigint');
    const type = {
      name: numeric ? 'bigint' : 'varchar',
      sizes: [],
      unsigned: false,
      zerofill: false,
      members: [],
    };
    return {name, type, nullable: true, autoIncrement: false, onUpdateNow: false, comment: ''};
  });
  const rest = {
    engine: 'MEMORY',
    charset: 'utf8mb3',
    collation: 'utf8mb3_general_ci',
    comment: '',
    createdAt: 0,
  };
  return {columns, keys: [], foreignKeys: [], checks: [], ...rest};
}

interface Source {
  columns: string;
  rows(session: Session): Value[][];
}

const sources: Readonly<Record<string, Source>> = {
  'information_schema.schemata': {
    columns:
      'CATALOG_NAME SCHEMA_NAME DEFAULT_CHARACTER_SET_NAME DEFAULT_COLLATION_NAME SQL_PATH SCHEMA_COMMENT',
    rows: session =>
      visibleDatabases(session).map(name => [
        'def',
        name,
        'utf8mb4',
        session.server.flavour.collation,
        null,
        '',
      ]),
  },
  'information_schema.tables': {
    columns:
      'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_TYPE ENGINE VERSION ROW_FORMAT TABLE_ROWS AVG_ROW_LENGTH ' +
      'DATA_LENGTH MAX_DATA_LENGTH INDEX_LENGTH DATA_FREE AUTO_INCREMENT CREATE_TIME UPDATE_TIME CHECK_TIME ' +
      'TABLE_COLLATION CHECKSUM CREATE_OPTIONS TABLE_COMMENT',
    rows: session =>
      allTables(session).map(({database, name, definition}) => {
        const view = definition.view !== undefined;
        return [
          'def',
          database,
          name,
          view ? 'VIEW' : 'BASE TABLE',
          view ? null : definition.engine,
          view ? null : 10,
          view ? null : 'Dynamic',
          view ? null : rowCount(session.connection, database, name),
          0,
          16384,
          0,
          0,
          0,
          definition.columns.some(column => column.autoIncrement)
            ? session.dictionary.nextId(database, name)
            : null,
          dateTimeText(definition.createdAt),
          null,
          null,
          definition.collation,
          null,
          '',
          view ? 'VIEW' : definition.comment,
        ];
      }),
  },
  'information_schema.columns': {
    columns:
      'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION COLUMN_DEFAULT IS_NULLABLE DATA_TYPE ' +
      'CHARACTER_MAXIMUM_LENGTH CHARACTER_OCTET_LENGTH NUMERIC_PRECISION NUMERIC_SCALE DATETIME_PRECISION ' +
      'CHARACTER_SET_NAME COLLATION_NAME COLUMN_TYPE COLUMN_KEY EXTRA PRIVILEGES COLUMN_COMMENT IS_GENERATED ' +
      'GENERATION_EXPRESSION',
    rows: session =>
      allTables(session).flatMap(({database, name, definition}) =>
        definition.columns.map((column, index) =>
          columnRow(session, database, name, definition, column, index),
        ),
      ),
  },
  'information_schema.statistics': {
    columns:
      'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME NON_UNIQUE INDEX_SCHEMA INDEX_NAME SEQ_IN_INDEX COLUMN_NAME COLLATION ' +
      'CARDINALITY SUB_PART PACKED NULLABLE INDEX_TYPE COMMENT INDEX_COMMENT',
    rows: session =>
      allTables(session).flatMap(({database, name, definition}) =>
        definition.keys.flatMap(key =>
          key.columns.map((column, index) => [
            'def',
            database,
            name,
            key.unique ? 0 : 1,
            database,
            key.name,
            index + 1,
            column,
            'A',
            rowCount(session.connection, database, name),
            null,
            null,
            '',
            'BTREE',
            '',
            '',
          ]),
        ),
      ),
  },
  'information_schema.key_column_usage': {
    columns:
      'CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ' +
      'ORDINAL_POSITION POSITION_IN_UNIQUE_CONSTRAINT REFERENCED_TABLE_SCHEMA REFERENCED_TABLE_NAME REFERENCED_COLUMN_NAME',
    rows: session =>
      allTables(session).flatMap(({database, name, definition}) => [
        ...definition.keys
          .filter(key => key.unique)
          .flatMap(key =>
            key.columns.map((column, index) => [
              'def',
              database,
              key.name,
              'def',
              database,
              name,
              column,
              index + 1,
              null,
              null,
              null,
              null,
            ]),
          ),
        ...definition.foreignKeys.flatMap(key =>
          key.columns.map((column, index) => [
            'def',
            database,
            key.name,
            'def',
            database,
            name,
            column,
            index + 1,
            index + 1,
            key.database,
            key.table,
            key.referenced[index] ?? null,
          ]),
        ),
      ]),
  },
  'information_schema.processlist': {
    columns: 'ID USER HOST DB COMMAND TIME STATE INFO',
    rows: session =>
      [...session.server.sessions.values()].map(other => [
        other.id,
        other.user,
        other.host,
        other.database ?? null,
        other.running ? 'Query' : 'Sleep',
        0,
        '',
        other.running?.sql ?? null,
      ]),
  },
  'information_schema.engines': {
    columns: 'ENGINE SUPPORT COMMENT TRANSACTIONS XA SAVEPOINTS',
    rows: () => [
      ['InnoDB', 'DEFAULT', 'Supports transactions, row-level locking and foreign keys', 'YES', 'YES', 'YES'],
    ],
  },
  'information_schema.global_status': statusTable(),
  'information_schema.session_status': statusTable(),
  'performance_schema.global_status': statusTable(),
  'information_schema.global_variables': variableTable(),
  'information_schema.session_variables': variableTable(),
  'performance_schema.global_variables': variableTable(),
  'information_schema.views': {
    columns: 'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME VIEW_DEFINITION',
    rows: session =>
      allTables(session)
        .filter(({definition}) => definition.view !== undefined)
        .map(({database, name, definition}) => ['def', database, name, definition.view ?? '']),
  },
  'information_schema.triggers': {
    columns: 'TRIGGER_SCHEMA TRIGGER_NAME EVENT_OBJECT_SCHEMA EVENT_OBJECT_TABLE',
    rows: () => [],
  },
  'information_schema.routines': {columns: 'ROUTINE_SCHEMA ROUTINE_NAME ROUTINE_TYPE', rows: () => []},
  'information_schema.events': {columns: 'EVENT_SCHEMA EVENT_NAME', rows: () => []},
  'information_schema.files': {
    columns:
      'FILE_NAME TABLESPACE_NAME LOGFILE_GROUP_NAME FILE_TYPE ENGINE TOTAL_EXTENTS EXTENT_SIZE INITIAL_SIZE EXTRA',
    rows: () => [],
  },
  'information_schema.partitions': {
    columns: 'TABLE_SCHEMA TABLE_NAME PARTITION_NAME TABLESPACE_NAME',
    rows: () => [],
  },
  'mysql.user': {
    columns:
      'Host User Password Select_priv Insert_priv Update_priv Delete_priv Create_priv Drop_priv Super_priv plugin authentication_string account_locked',
    rows: session =>
      session.users.list().map(({host, user, hash, locked, grants}) => {
        const all = grants.find(({database}) => database === '*')?.privileges ?? [];
        const has = (name: string) => (all.includes('ALL PRIVILEGES') || all.includes(name) ? 'Y' : 'N');
        const shown = hash === '' ? '' : `*${hash.toUpperCase()}`;
        return [
          host,
          user,
          shown,
          has('SELECT'),
          has('INSERT'),
          has('UPDATE'),
          has('DELETE'),
          has('CREATE'),
          has('DROP'),
          has('SUPER'),
          session.server.flavour.authentication,
          shown,
          locked ? 'Y' : 'N',
        ];
      }),
  },
  'mysql.db': {
    columns: 'Host Db User Select_priv Insert_priv Update_priv Delete_priv',
    rows: session =>
      session.users.list().flatMap(({host, user, grants}) =>
        grants
          .filter(({database, table}) => database !== '*' && table === '*')
          .map(({database, privileges}) => {
            const has = (name: string) =>
              privileges.includes('ALL PRIVILEGES') || privileges.includes(name) ? 'Y' : 'N';
            return [host, database, user, has('SELECT'), has('INSERT'), has('UPDATE'), has('DELETE')];
          }),
      ),
  },
};

function statusTable(): Source {
  return {columns: 'VARIABLE_NAME VARIABLE_VALUE', rows: session => serverStatus(session)};
}

function variableTable(): Source {
  return {columns: 'VARIABLE_NAME VARIABLE_VALUE', rows: session => [...session.server.variables]};
}

function visibleDatabases(session: Session): string[] {
  const account = currentAccount(session);
  return [...session.server.databases].filter(name => name === 'information_schema' || maySee(account, name));
}

const allTables = (session: Session) =>
  visibleDatabases(session).flatMap(database =>
    session.dictionary.list(database).map(({name, definition}) => ({database, name, definition})),
  );

function columnRow(
  session: Session,
  database: string,
  table: string,
  definition: TableDefinition,
  column: ColumnDefinition,
  index: number,
): Value[] {
  const {flavour} = session.server;
  const {type} = column;
  const length = isText(type) ? (maxLength(type) ?? null) : null;
  const {is} = kindOf(type);
  const exact = is === 'int' || is === 'decimal';
  return [
    'def',
    database,
    table,
    column.name,
    index + 1,
    defaultText(column),
    column.nullable ? 'YES' : 'NO',
    type.name,
    length,
    length === null ? null : length * 4,
    exact ? (type.name === 'int' ? 10 : (type.sizes[0] ?? 19)) : null,
    exact ? (type.sizes[1] ?? 0) : null,
    is === 'datetime' ? (type.sizes[0] ?? 0) : null,
    isText(type) ? 'utf8mb4' : null,
    isText(type) ? (column.collation ?? definition.collation) : null,
    typeText(type, flavour),
    keyMark(definition, column),
    extraText(column, flavour),
    'select,insert,update,references',
    column.comment,
    column.generated ? 'ALWAYS' : 'NEVER',
    column.generated?.text ?? null,
  ];
}
