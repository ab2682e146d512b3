import {isText, kindOf, maxLength, typeText} from '../../sql/column-types.ts';
import type {Value} from '../../sql/values.ts';
import type {ColumnDefinition, TableDefinition} from '../definition.ts';
import {defaultText, extraText, keyMark} from '../describe-table.ts';
import type {Session} from '../session.ts';
import {rowCount} from '../storage.ts';
import {statusFromAutoIncrement} from '../table-status.ts';
import type {SystemTables} from './system-table.ts';
import {visibleDatabases, visibleTables} from './visible-tables.ts';

/** information_schema on databases, tables, columns and views; and on what no database here has, e.g. triggers. */
export const definitionTables: SystemTables = {
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
      visibleTables(session).map(({database, name, definition}) => {
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
          ...statusFromAutoIncrement(session, database, name, definition),
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
      visibleTables(session).flatMap(({database, name, definition}) =>
        definition.columns.map((column, index) =>
          columnRow(session, database, name, definition, column, index),
        ),
      ),
  },
  'information_schema.views': {
    columns: 'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME VIEW_DEFINITION',
    rows: session =>
      visibleTables(session)
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
};

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
