import {SqlError} from '../errors.ts';
import {type Cursor, listOf} from '../sql/cursor.ts';
import type {Value} from '../sql/values.ts';
import {type Done, done} from './result.ts';
import type {Session} from './session.ts';

/** PREPARE name FROM 'statement' or @variable. @throws SqlError 1064 */
export function prepare(session: Session, cursor: Cursor): Done {
  const name = cursor.name().toLowerCase();
  cursor.expect('from');
  const variable = cursor.peek();
  const text =
    variable.kind === 'variable'
      ? String(session.userVariables.get(cursor.next().text.slice(1).toLowerCase()) ?? '')
      : cursor.text();
  session.prepared.set(name, text);
  return done(0, 'Statement prepared');
}

/** EXECUTE name [USING @variable, …]: which statement that is. @throws SqlError 1243 */
export function preparedStatement(session: Session, cursor: Cursor): {sql: string; values: Value[]} {
  const name = cursor.name();
  const sql = session.prepared.get(name.toLowerCase());
  if (sql === undefined)
    throw new SqlError(1243, 'HY000', `Unknown prepared statement handler (${name}) given to EXECUTE`);
  const values = cursor.accept('using')
    ? listOf(cursor, () => session.userVariables.get(cursor.next().text.slice(1).toLowerCase()) ?? null)
    : [];
  cursor.end();
  return {sql, values};
}

/** DEALLOCATE PREPARE name. */
export function deallocate(session: Session, cursor: Cursor): Done {
  session.prepared.delete(cursor.name().toLowerCase());
  return done();
}
