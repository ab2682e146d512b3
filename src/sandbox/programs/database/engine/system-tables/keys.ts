import {rowCount} from '../storage.ts';
import type {SystemTables} from './system-table.ts';
import {visibleTables} from './visible-tables.ts';

/** information_schema on indexes and constraints. */
export const keyTables: SystemTables = {
  'information_schema.statistics': {
    columns:
      'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME NON_UNIQUE INDEX_SCHEMA INDEX_NAME SEQ_IN_INDEX COLUMN_NAME COLLATION ' +
      'CARDINALITY SUB_PART PACKED NULLABLE INDEX_TYPE COMMENT INDEX_COMMENT',
    rows: session =>
      visibleTables(session).flatMap(({database, name, definition}) =>
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
      visibleTables(session).flatMap(({database, name, definition}) => {
        const usage = (key: string, column: string, index: number) =>
          ['def', database, key, 'def', database, name, column, index + 1] as const;
        return [
          ...definition.keys
            .filter(key => key.unique)
            .flatMap(key =>
              key.columns.map((column, index) => [
                ...usage(key.name, column, index),
                ...[null, null, null, null],
              ]),
            ),
          ...definition.foreignKeys.flatMap(key =>
            key.columns.map((column, index) => [
              ...usage(key.name, column, index),
              ...[index + 1, key.database, key.table, key.referenced[index] ?? null],
            ]),
          ),
        ];
      }),
  },
};
