import {needsPrivilege, SqlError} from '../errors.ts';
import {type Cursor, listOf} from '../sql/cursor.ts';
import {type Done, done, type Result, rowsOf} from './result.ts';
import {currentAccount, type Session} from './session.ts';
import {may} from './users.ts';

/** KILL [QUERY] id. @throws SqlError 1094, 1095 */
export function kill(session: Session, cursor: Cursor): Done {
  cursor.accept('hard') || cursor.accept('soft');
  const queryOnly = cursor.accept('query');
  cursor.accept('connection');
  const id = cursor.integer();
  const target = session.server.sessions.get(id);
  if (!target) throw new SqlError(1094, 'HY000', `Unknown thread id: ${id}`);
  if (target.user !== session.user && !may(currentAccount(session), 'SUPER'))
    throw new SqlError(1095, 'HY000', `You are not owner of thread ${id}`);
  if (!queryOnly) target.close();
  return done();
}

/** SHUTDOWN. @throws SqlError 1227 */
export function shutdown(session: Session, cursor: Cursor): Done {
  cursor.end();
  if (!may(currentAccount(session), 'SHUTDOWN')) throw needsPrivilege('SHUTDOWN');
  session.server.shutdown(`${session.user}[${session.user}] @ ${session.host} []`);
  return done();
}

/** ANALYZE, CHECK, OPTIMIZE and REPAIR TABLE: there is nothing to maintain, and they say that all is well. */
export function tableMaintenance(session: Session, cursor: Cursor): Result {
  const operation = cursor.sql.trim().split(/\s/)[0]?.toLowerCase() ?? '';
  const tables = listOf(cursor, () => {
    const first = cursor.name();
    return cursor.accept('.') ? `${first}.${cursor.name()}` : `${session.database ?? ''}.${first}`;
  });
  return rowsOf(
    ['Table', 'Op', 'Msg_type', 'Msg_text'],
    tables.map(table => [table, operation, 'status', 'OK']),
  );
}
