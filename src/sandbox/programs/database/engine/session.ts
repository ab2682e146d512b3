import {SqlError} from '../errors.ts';
import type {Value} from '../sql/values.ts';
import type {Dictionary} from './dictionary.ts';
import type {Result} from './result.ts';
import type {ServerState} from './server-state.ts';
import type {Connection} from './store.ts';
import type {Account, Users} from './users.ts';

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

/** The account as it is now: grants of others count at once. */
export const currentAccount = (session: Session): Account =>
  session.users.find(session.account.user, session.account.host) ?? session.account;

/** Is there a database of that name, information_schema among them? */
export async function databaseExists(session: Session, name: string): Promise<boolean> {
  return (
    name.toLowerCase() === 'information_schema' || (await session.server.directory.databases()).includes(name)
  );
}

/** A warning that is only a remark, e.g. that nothing was to be done. */
export const note = (session: Session, code: number, message: string) =>
  void session.warnings.push({level: 'Note', code, message});

/** Is a value that does not fit an error? */
export const isStrict = (session: Session) =>
  /STRICT_(TRANS|ALL)_TABLES|TRADITIONAL/.test(session.variables.get('sql_mode') ?? '');

/** @throws SqlError 1317 when the session was killed */
export function stillAlive(session: Session) {
  if (session.ended.signal.aborted) throw new SqlError(1317, '70100', 'Query execution was interrupted');
}
