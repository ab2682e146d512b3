import type {Cursor} from '../../sql/cursor.ts';
import {text} from '../../sql/values.ts';
import {type Result, type Rows, rowsOf} from '../result.ts';
import {currentAccount, type Session} from '../session.ts';
import {serverStatus} from '../status.ts';
import {may} from '../users.ts';
import {filtered, type ShowOptions} from './clauses.ts';

/** SHOW PROCESSLIST: one's own sessions, with PROCESS everybody's. */
export function processes(session: Session, cursor: Cursor): Result {
  cursor.end();
  const all = may(currentAccount(session), 'PROCESS');
  const own = [...session.server.sessions.values()].filter(other => all || other.user === session.user);
  const {flavour, clock} = session.server;
  const names = ['Id', 'User', 'Host', 'db', 'Command', 'Time', 'State', 'Info'];
  const rows = own.map(other => {
    const seconds = other.running ? Math.floor(clock.since(other.running.since) / 1000) : 0;
    const state = other.running ? 'starting' : '';
    const base = [
      other.id,
      other.user,
      other.host,
      other.database ?? null,
      other.running ? 'Query' : 'Sleep',
      seconds,
      state,
      other.running?.sql ?? null,
    ];
    return flavour.name === 'mariadb' ? [...base, '0.000'] : base;
  });
  return rowsOf(flavour.name === 'mariadb' ? [...names, 'Progress'] : names, rows);
}

/** SHOW [GLOBAL] VARIABLES. @throws SqlError */
export function variables(session: Session, cursor: Cursor, {global}: ShowOptions): Result {
  const values = global ? session.server.variables : session.variables;
  const rows = [...values].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return filtered(session, cursor, rowsOfText(['Variable_name', 'Value'], rows));
}

/** SHOW STATUS. @throws SqlError */
export function status(session: Session, cursor: Cursor): Result {
  return filtered(session, cursor, rowsOfText(['Variable_name', 'Value'], serverStatus(session)));
}

const rowsOfText = (names: readonly string[], rows: readonly (readonly string[])[]): Rows => ({
  columns: names.map(name => ({name, kind: {...text, notNull: true}})),
  rows,
});

/** SHOW WARNINGS, and SHOW ERRORS: of the statement before. */
export function warnings(session: Session, cursor: Cursor): Result {
  const onlyErrors = cursor.peek(-1).text.toLowerCase() === 'errors';
  const rows = session.warnings
    .filter(({level}) => !onlyErrors || level === 'Error')
    .map(({level, code, message}) => [level, code, message]);
  return rowsOf(['Level', 'Code', 'Message'], rows);
}

/** SHOW COUNT(*) WARNINGS or ERRORS. */
export function countOf(session: Session, cursor: Cursor): Result {
  cursor.expect('(', '*', ')');
  const what = cursor.name().toLowerCase();
  return rowsOf([`@@session.${what.replace(/s$/, '')}_count`], [[session.warnings.length]]);
}

/** SHOW ENGINES. @throws SqlError */
export function engines(session: Session, cursor: Cursor): Result {
  const names = ['Engine', 'Support', 'Comment', 'Transactions', 'XA', 'Savepoints'];
  const comment =
    session.server.flavour.name === 'mariadb'
      ? 'Supports transactions, row-level locking, foreign keys and encryption for tables'
      : 'Supports transactions, row-level locking, and foreign keys';
  return filtered(session, cursor, rowsOf(names, [['InnoDB', 'DEFAULT', comment, 'YES', 'YES', 'YES']]));
}

/** SHOW CHARACTER SET. @throws SqlError */
export function characterSets(session: Session, cursor: Cursor): Result {
  const names = ['Charset', 'Description', 'Default collation', 'Maxlen'];
  const rows = [
    ['latin1', 'cp1252 West European', 'latin1_swedish_ci', 1],
    ['utf8mb3', 'UTF-8 Unicode', 'utf8mb3_general_ci', 3],
    ['utf8mb4', 'UTF-8 Unicode', session.server.flavour.collation, 4],
    ['binary', 'Binary pseudo charset', 'binary', 1],
  ];
  return filtered(session, cursor, rowsOf(names, rows));
}

/** SHOW COLLATION. @throws SqlError */
export function collations(session: Session, cursor: Cursor): Result {
  const names = ['Collation', 'Charset', 'Id', 'Default', 'Compiled', 'Sortlen'];
  const rows = [
    ['utf8mb4_general_ci', 'utf8mb4', 45, '', 'Yes', 1],
    ['utf8mb4_bin', 'utf8mb4', 46, '', 'Yes', 1],
    [session.server.flavour.collation, 'utf8mb4', 255, 'Yes', 'Yes', 8],
  ];
  return filtered(session, cursor, rowsOf(names, rows));
}
