import {accessDenied, SqlError} from '../errors.ts';
import type {Cursor} from '../sql/cursor.ts';
import {parseTableOptions} from '../sql/table-definitions/options.ts';
import {forget} from './drop-tables.ts';
import {type Done, done} from './result.ts';
import {currentAccount, databaseExists, note, type Session} from './session.ts';
import {define} from './transactions.ts';
import {may} from './users.ts';

/** CREATE DATABASE. @throws SqlError 1007, 1044 */
export async function createDatabase(session: Session, cursor: Cursor): Promise<Done> {
  const {directory, flavour} = session.server;
  const optional = cursor.accept('if', 'not', 'exists');
  const name = cursor.name();
  const {charset = 'utf8mb4', collation} = parseTableOptions(cursor);
  cursor.end();
  demandDatabase(session, 'CREATE', name);
  if (await databaseExists(session, name)) {
    const message = `Can't create database '${name}'; database exists`;
    if (!optional) throw new SqlError(1007, 'HY000', message);
    note(session, 1007, message);
    return done(1);
  }
  const sorted = collation ?? (charset === 'utf8mb4' ? flavour.collation : `${charset}_general_ci`);
  await define(session, () => {
    session.connection
      .prepare('INSERT OR REPLACE INTO "#databases" VALUES (?, ?, ?)')
      .run(name, charset, sorted);
  });
  await directory.createDatabase(name, charset, sorted);
  return done(1);
}

/** @throws SqlError 1044 */
function demandDatabase(session: Session, privilege: string, name: string) {
  const account = currentAccount(session);
  if (!may(account, privilege, name)) throw accessDenied(account.user, account.host, name);
}

/** DROP DATABASE. @throws SqlError 1008, 1044 */
export async function dropDatabase(session: Session, cursor: Cursor): Promise<Done> {
  const optional = cursor.accept('if', 'exists');
  const name = cursor.name();
  cursor.end();
  demandDatabase(session, 'DROP', name);
  if (!(await databaseExists(session, name))) {
    const message = `Can't drop database '${name}'; database doesn't exist`;
    if (!optional) throw new SqlError(1008, 'HY000', message);
    note(session, 1008, message);
    return done();
  }
  const tables = session.dictionary.list(name);
  await define(session, () => {
    for (const table of tables) forget(session, name, table.name, table.definition);
    session.connection.prepare('DELETE FROM "#databases" WHERE name = ?').run(name);
  });
  await session.server.directory.dropDatabase(name);
  if (session.database === name) session.database = undefined;
  return done(tables.length);
}
