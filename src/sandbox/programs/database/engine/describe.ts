import {notSimulated} from '../errors.ts';
import {type Cursor, cursorOf} from '../sql/cursor.ts';
import {existingTable, tableName} from './named-table.ts';
import {runQuery, translationFor} from './query.ts';
import {type Result, rowsOf} from './result.ts';
import type {Session} from './session.ts';
import {columnRows} from './show/columns-and-indexes.ts';
import {rowCount} from './storage.ts';
import {likeMatches} from './users.ts';

/** DESCRIBE table [column]; of a query as EXPLAIN. @throws SqlError */
export function describe(session: Session, cursor: Cursor): Result | Promise<Result> {
  if (/^(select|insert|update|delete|with|format|extended|analyze)$/i.test(cursor.peek().text))
    return explain(session, cursor);
  const {definition} = existingTable(session, tableName(cursor), 'SELECT');
  const rows = columnRows(session, definition, false);
  if (cursor.peek().kind === 'end' || cursor.at(';')) return rows;
  const pattern = cursor.text();
  cursor.end();
  return {...rows, rows: rows.rows.filter(([name]) => likeMatches(pattern, String(name)))};
}

/** EXPLAIN of a query: one line for each of its tables, all of them scanned; of a table as DESCRIBE. @throws SqlError */
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
      rowCount(session.connection, database, name),
      '',
    ]),
  );
}
