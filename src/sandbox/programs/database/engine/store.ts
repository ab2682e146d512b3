import {DatabaseSync} from 'node:sqlite';
import type {SandboxClock} from '../../../clock.ts';
import {SqlError} from '../errors.ts';
import {implementations, nullable, volatile} from '../sql/functions/functions.ts';
import type {Value} from '../sql/values.ts';

/** One connection to the rows, for one session. */
export type Connection = DatabaseSync;

/**
 * The rows of one server, in a SQLite file. It keeps a rollback journal, so that the file alone holds all that was
 * committed. One session writes at a time: a second one waits, as for InnoDB's row locks.
 */
export interface Store {
  connect(): Connection;
  /** @throws SqlError 1205 after 50 s, 1317 when the signal aborts */
  lockForWriting(session: object, signal: AbortSignal): Promise<void>;
  unlock(session: object): void;
}

export function openStore(path: string, clock: SandboxClock): Store {
  let writer: object | undefined;
  const waiting: (() => void)[] = [];
  return {
    connect: () => connect(path),
    async lockForWriting(session, signal) {
      if (writer !== session && writer !== undefined) await turn(waiting, clock, signal);
      writer = session;
    },
    unlock(session) {
      if (writer !== session) return;
      writer = undefined;
      waiting.shift()?.();
    },
  };
}

/** innodb_lock_wait_timeout, in simulated milliseconds. */
const lockWait = 50_000;

function turn(waiting: (() => void)[], clock: SandboxClock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      cancel();
      signal.removeEventListener('abort', onAbort);
      const at = waiting.indexOf(next);
      if (at >= 0) waiting.splice(at, 1);
    };
    const next = () => {
      leave();
      resolve();
    };
    const fail = (error: SqlError) => {
      leave();
      reject(error);
    };
    const onAbort = () => fail(new SqlError(1317, '70100', 'Query execution was interrupted'));
    const cancel = clock.after(lockWait, () =>
      fail(new SqlError(1205, 'HY000', 'Lock wait timeout exceeded; try restarting transaction')),
    );
    signal.addEventListener('abort', onAbort, {once: true});
    waiting.push(next);
  });
}

function connect(path: string): Connection {
  const connection = new DatabaseSync(path);
  connection.exec(`
    PRAGMA journal_mode = DELETE;
    PRAGMA synchronous = FULL;
    PRAGMA cache_spill = OFF;
    PRAGMA temp_store = MEMORY;
    PRAGMA foreign_keys = ON;
  `);
  for (const [name, implementation] of Object.entries(implementations))
    connection.function(
      name,
      {varargs: true, deterministic: !volatile.has(name)},
      nullable.has(name) ? implementation : nullIfAnyIs(implementation),
    );
  return connection;
}

const nullIfAnyIs =
  (implementation: (...values: Value[]) => Value) =>
  (...values: Value[]) =>
    values.includes(null) ? null : implementation(...values);
