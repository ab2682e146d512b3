import {SqlError} from '../errors.ts';
import {type Session, stillAlive} from './session.ts';

/** Opens a transaction; SQLite's begins with the first write, so that readers wait for nobody. */
export function begin(session: Session) {
  commit(session);
  session.inTransaction = true;
}

export function commit(session: Session) {
  end(session, 'COMMIT');
}

export function rollback(session: Session) {
  end(session, 'ROLLBACK');
}

function end(session: Session, how: 'COMMIT' | 'ROLLBACK') {
  if (session.writing) session.connection.exec(how);
  session.writing = false;
  session.inTransaction = false;
  session.server.store.unlock(session);
}

/**
 * Runs something that writes: all or nothing of it, within the open transaction or one of its own.
 * @throws SqlError 1205 when another session's transaction does not end in time
 */
export async function write<T>(session: Session, work: () => T | Promise<T>): Promise<T> {
  await session.server.store.lockForWriting(session, session.ended.signal);
  stillAlive(session);
  const {connection} = session;
  const own = !session.inTransaction && session.variables.get('autocommit') !== 'OFF';
  if (!session.writing) connection.exec('BEGIN IMMEDIATE');
  session.writing = true;
  session.inTransaction = !own;
  connection.exec('SAVEPOINT "#statement"');
  try {
    const result = await work();
    connection.exec('RELEASE "#statement"');
    if (own) commit(session);
    return result;
  } catch (error) {
    connection.exec('ROLLBACK TO "#statement"; RELEASE "#statement"');
    if (own) rollback(session);
    throw error;
  }
}

/**
 * Runs a change of definitions: what was open is committed before it, and it is committed itself.
 * Foreign keys are not watched meanwhile, so that tables can be rebuilt.
 */
export async function define<T>(session: Session, work: () => T | Promise<T>): Promise<T> {
  commit(session);
  await session.server.store.lockForWriting(session, session.ended.signal);
  stillAlive(session);
  const {connection} = session;
  connection.exec('PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE');
  try {
    const result = await work();
    connection.exec('COMMIT');
    return result;
  } catch (error) {
    connection.exec('ROLLBACK');
    throw error;
  } finally {
    connection.exec(
      `PRAGMA foreign_keys = ${session.variables.get('foreign_key_checks') === 'OFF' ? 'OFF' : 'ON'}`,
    );
    session.server.store.unlock(session);
  }
}

const quoted = (name: string) => `"#user-${name.replaceAll('"', '""').toLowerCase()}"`;

export function setSavepoint(session: Session, name: string) {
  if (session.writing) session.connection.exec(`SAVEPOINT ${quoted(name)}`);
}

/** @throws SqlError 1305 */
export function toSavepoint(session: Session, name: string, how: 'ROLLBACK TO' | 'RELEASE') {
  try {
    session.connection.exec(`${how} ${quoted(name)}`);
  } catch {
    throw new SqlError(1305, '42000', `SAVEPOINT ${name} does not exist`);
  }
}
