import {noDatabase, notSimulated, SqlError} from '../errors.ts';
import type {Cursor} from '../sql/cursor.ts';
import type {Value} from '../sql/values.ts';
import {accountName} from './accounts/names.ts';
import {createTable} from './create-table.ts';
import {createIndex} from './indexes.ts';
import {type Done, done, type Result} from './result.ts';
import type {Session} from './session.ts';
import {createView} from './views.ts';

/** CREATE of a table, view or index, with the words that may stand before. @throws SqlError 1064, 1235 */
export function create(session: Session, cursor: Cursor, parameters: readonly Value[]): Promise<Result> {
  const replace = cursor.accept('or', 'replace');
  const unique = cursor.accept('unique');
  if (cursor.accept('fulltext') || cursor.accept('spatial')) cursor.at('index') || cursor.fail();
  if (cursor.accept('index')) return createIndex(session, cursor, unique);
  if (unique) return cursor.fail();
  cursor.accept('temporary');
  if (cursor.accept('table')) return createTable(session, cursor, parameters, replace);
  viewOptions(cursor);
  if (cursor.accept('view')) return createView(session, cursor, replace);
  return refuse(session, cursor);
}

/** ALGORITHM, DEFINER and SQL SECURITY: they change nothing here. */
function viewOptions(cursor: Cursor) {
  for (;;)
    if (cursor.accept('algorithm', '=')) cursor.name();
    else if (cursor.accept('definer', '=')) accountName(cursor);
    else if (cursor.accept('sql', 'security')) cursor.name();
    else return;
}

/** DROP of what there never is one of. @throws SqlError 1064, 1305 */
export function dropOther(session: Session, cursor: Cursor): Done {
  const what = cursor.name().toUpperCase();
  if (!/^(PROCEDURE|FUNCTION|TRIGGER|EVENT)$/.test(what)) return cursor.fail();
  const optional = cursor.accept('if', 'exists');
  const name = cursor.name();
  if (!optional)
    throw new SqlError(1305, '42000', `${what} ${session.database ?? ''}.${name} does not exist`);
  return done();
}

/** What a real server does and this one does not, or what nobody does. @throws SqlError 1064, 1235 */
export function refuse(_: Session, cursor: Cursor): never {
  const what = cursor.peek().text.toUpperCase();
  if (/^(PROCEDURE|FUNCTION|TRIGGER|EVENT|SEQUENCE|SERVER|DATABASE|TABLESPACE)$/.test(what))
    throw notSimulated(`${cursor.peek(-1).text.toUpperCase()} ${what}`);
  return cursor.fail();
}

/** CALL. @throws SqlError 1046, 1305 */
export function callProcedure(session: Session, cursor: Cursor): never {
  const name = cursor.name();
  if (session.database === undefined) throw noDatabase();
  throw new SqlError(1305, '42000', `PROCEDURE ${session.database}.${name} does not exist`);
}
