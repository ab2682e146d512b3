import {accessDenied, unknownDatabase} from '../errors.ts';
import {dictionaryOf} from './dictionary.ts';
import {executeStatement} from './execute.ts';
import type {ServerState} from './server-state.ts';
import {currentAccount, databaseExists, type Session} from './session.ts';
import {type Account, maySee, usersOf} from './users.ts';

/** A session of a client that has logged in. @param host where the client comes from: localhost or an address */
export function openSession(server: ServerState, account: Account, user: string, host: string): Session {
  const connection = server.store.connect();
  let last: Promise<unknown> = Promise.resolve();
  const session: Session = {
    id: server.nextConnection++,
    server,
    connection,
    dictionary: dictionaryOf(connection),
    users: usersOf(connection),
    account,
    user,
    host,
    database: undefined,
    userVariables: new Map(),
    variables: new Map(server.variables),
    inTransaction: false,
    writing: false,
    warnings: [],
    lastInsertId: 0n,
    rowCount: -1,
    foundRows: 0,
    prepared: new Map(),
    running: undefined,
    ended: new AbortController(),
    execute(sql, parameters = []) {
      const result = last.then(() => executeStatement(session, sql, parameters));
      last = result.catch(() => undefined);
      return result;
    },
    async use(database) {
      const exists = await databaseExists(session, database);
      if (database !== 'information_schema' && !maySee(currentAccount(session), database))
        throw accessDenied(account.user, account.host, database);
      if (!exists) throw unknownDatabase(database);
      session.database = database;
    },
    close() {
      if (session.ended.signal.aborted) return;
      session.ended.abort();
      server.sessions.delete(session.id);
      server.store.unlock(session);
      // a transaction that is open is rolled back by SQLite
      void last.finally(() => connection.close());
    },
  };
  server.sessions.set(session.id, session);
  return session;
}
