import {accessDenied, noDatabase, unknownDatabase} from '../../errors.ts';
import type {Cursor} from '../../sql/cursor.ts';
import type {Value} from '../../sql/values.ts';
import {type Result, rowsOf} from '../result.ts';
import {currentAccount, databaseExists, type Session} from '../session.ts';
import {rowCount} from '../storage.ts';
import {statusFromAutoIncrement} from '../table-status.ts';
import {maySee} from '../users.ts';
import {filtered, headed, type ShowOptions} from './clauses.ts';

/** SHOW DATABASES: those that the account may see. @throws SqlError */
export async function databases(session: Session, cursor: Cursor): Promise<Result> {
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
  if (named === undefined) throw noDatabase();
  const account = currentAccount(session);
  if (named !== 'information_schema' && !maySee(account, named))
    throw accessDenied(account.user, account.host, named);
  if (!(await databaseExists(session, named))) throw unknownDatabase(named);
  return named;
}

/** SHOW [FULL] TABLES. @throws SqlError 1044, 1046, 1049 */
export async function tables(session: Session, cursor: Cursor, {full}: ShowOptions): Promise<Result> {
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

/** SHOW TABLE STATUS. @throws SqlError 1044, 1046, 1049 */
export async function tableStatus(session: Session, cursor: Cursor): Promise<Result> {
  const database = await fromDatabase(session, cursor);
  const names =
    'Name,Engine,Version,Row_format,Rows,Avg_row_length,Data_length,Max_data_length,Index_length,Data_free,' +
    'Auto_increment,Create_time,Update_time,Check_time,Collation,Checksum,Create_options,Comment';
  const mariadbOnly = session.server.flavour.name === 'mariadb' ? ',Max_index_length,Temporary' : '';
  const rows = session.dictionary.list(database).map(({name, definition}) => {
    const rest = mariadbOnly === '' ? [] : [0, 'N'];
    const count = definition.view === undefined ? rowCount(session.connection, database, name) : 0;
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
      ...statusFromAutoIncrement(session, database, name, definition),
      definition.comment,
      ...rest,
    ] satisfies Value[];
  });
  return filtered(session, cursor, rowsOf(`${names}${mariadbOnly}`.split(','), rows));
}
