import {accessDenied, SqlError, unknownDatabase} from '../errors.ts';
import {dateText, dateTimeText} from '../sql/dates.ts';
import type {Value} from '../sql/values.ts';
import {type Dictionary, dictionaryOf} from './dictionary.ts';
import {executeStatement} from './execute.ts';
import type {Result} from './result.ts';
import type {ServerState} from './server-state.ts';
import type {Connection} from './store.ts';
import {type Account, maySee, type Users, usersOf} from './users.ts';

/** One client's connection to the server: its database, variables and transaction. */
export interface Session {
  readonly id: number;
  readonly server: ServerState;
  readonly connection: Connection;
  readonly dictionary: Dictionary;
  readonly users: Users;
  readonly account: Account;
  /** The name that was given at login, and where from. */
  readonly user: string;
  readonly host: string;
  database: string | undefined;
  readonly userVariables: Map<string, Value>;
  readonly variables: Map<string, string>;
  /** Is a transaction open, by BEGIN or without autocommit? */
  inTransaction: boolean;
  /** Has the transaction written already? Then SQLite has one open, too. */
  writing: boolean;
  warnings: Warning[];
  lastInsertId: bigint;
  rowCount: number;
  foundRows: number;
  prepared: Map<string, string>;
  /** For the process list. */
  running: {sql: string; since: number} | undefined;
  /** Aborts when the session is killed or the server ends. */
  readonly ended: AbortController;
  /** Runs one statement. Statements of a session run one after the other. @throws SqlError */
  execute(sql: string, parameters?: readonly Value[]): Promise<Result>;
  use(database: string): Promise<void>;
  close(): void;
}

export interface Warning {
  level: 'Note' | 'Warning' | 'Error';
  code: number;
  message: string;
}

/** @param host where the client comes from: localhost or an address */
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

/** The account as it is now: grants of others count at once. */
export const currentAccount = (session: Session): Account =>
  session.users.find(session.account.user, session.account.host) ?? session.account;

export async function databaseExists(session: Session, name: string): Promise<boolean> {
  return (
    name.toLowerCase() === 'information_schema' || (await session.server.directory.databases()).includes(name)
  );
}

export const note = (session: Session, code: number, message: string) =>
  void session.warnings.push({level: 'Note', code, message});

/** Functions of the session, by name; undefined for what is none. */
export function factOf(session: Session, name: string): Value | undefined {
  const now = session.server.clock.now();
  const at = (user: string, host: string) => `${user}@${host}`;
  switch (name) {
    case 'now':
    case 'current_timestamp':
    case 'localtime':
    case 'localtimestamp':
    case 'sysdate':
    case 'utc_timestamp':
      return dateTimeText(now);
    case 'curdate':
    case 'current_date':
    case 'utc_date':
      return dateText(now);
    case 'curtime':
    case 'current_time':
    case 'utc_time':
      return dateTimeText(now).slice(11);
    case 'version':
      return session.server.flavour.version;
    case 'database':
    case 'schema':
      return session.database ?? null;
    case 'user':
    case 'session_user':
    case 'system_user':
      return at(session.user, session.host);
    case 'current_user':
      return at(session.account.user, session.account.host);
    case 'connection_id':
      return session.id;
    case 'last_insert_id':
      return session.lastInsertId;
    case 'row_count':
      return session.rowCount;
    case 'found_rows':
      return session.foundRows;
    case 'current_role':
      return null;
    default:
      return undefined;
  }
}

/** Is a value that does not fit an error? */
export const isStrict = (session: Session) =>
  /STRICT_(TRANS|ALL)_TABLES|TRADITIONAL/.test(session.variables.get('sql_mode') ?? '');

/** @throws SqlError 1317 when the session was killed */
export function stillAlive(session: Session) {
  if (session.ended.signal.aborted) throw new SqlError(1317, '70100', 'Query execution was interrupted');
}
