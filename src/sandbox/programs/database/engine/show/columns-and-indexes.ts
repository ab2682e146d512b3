import {isText, typeText} from '../../sql/column-types.ts';
import type {Cursor} from '../../sql/cursor.ts';
import {text} from '../../sql/values.ts';
import type {TableDefinition} from '../definition.ts';
import {defaultText, extraText, keyMark} from '../describe-table.ts';
import {existingTable, tableName} from '../named-table.ts';
import {type Result, type Rows, rowsOf} from '../result.ts';
import type {Session} from '../session.ts';
import {rowCount} from '../storage.ts';
import {filtered, type ShowOptions} from './clauses.ts';

/** FROM table [FROM database] */
function fromTable(session: Session, cursor: Cursor) {
  cursor.accept('from') || cursor.expect('in');
  const parts = tableName(cursor);
  const place = cursor.accept('from') || cursor.accept('in') ? [cursor.name(), ...parts] : parts;
  return existingTable(session, place, 'SELECT');
}

/** SHOW [FULL] COLUMNS. @throws SqlError 1142, 1146 */
export function columns(session: Session, cursor: Cursor, {full}: ShowOptions): Result {
  const {definition} = fromTable(session, cursor);
  return filtered(session, cursor, columnRows(session, definition, full));
}

/** A row for each column, as SHOW COLUMNS and DESCRIBE have it. @param full with collation, privileges and comment */
export function columnRows(session: Session, definition: TableDefinition, full: boolean): Rows {
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

/** SHOW INDEX: a row for each column of each key. @throws SqlError 1142, 1146 */
export function indexes(session: Session, cursor: Cursor): Result {
  const {database, table, definition} = fromTable(session, cursor);
  const names =
    'Table,Non_unique,Key_name,Seq_in_index,Column_name,Collation,Cardinality,Sub_part,Packed,Null,Index_type,' +
    `Comment,Index_comment,${session.server.flavour.name === 'mariadb' ? 'Ignored' : 'Visible,Expression'}`;
  const count = rowCount(session.connection, database, table);
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
