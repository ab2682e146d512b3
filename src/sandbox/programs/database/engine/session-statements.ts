import {type Cursor, listOf} from '../sql/cursor.ts';
import {translateExpression} from '../sql/translation.ts';
import type {Value} from '../sql/values.ts';
import {select, translationFor} from './query.ts';
import {type Done, done} from './result.ts';
import {type Session, stillAlive} from './session.ts';
import {begin, setSavepoint, toSavepoint} from './transactions.ts';

/** USE database. @throws SqlError 1044, 1049 */
export async function use(session: Session, cursor: Cursor): Promise<Done> {
  const database = cursor.name();
  cursor.end();
  await session.use(database);
  return done();
}

/** BEGIN and START TRANSACTION. */
export function startTransaction(session: Session): Done {
  begin(session);
  return done();
}

/** COMMIT, ROLLBACK, and what commits by the way. */
export function finish(session: Session, how: (session: Session) => void): Done {
  how(session);
  return done();
}

/** SAVEPOINT, ROLLBACK TO and RELEASE SAVEPOINT. @throws SqlError */
export function savepoint(
  session: Session,
  cursor: Cursor,
  how: 'SAVEPOINT' | 'ROLLBACK TO' | 'RELEASE',
): Done {
  const name = cursor.name();
  cursor.end();
  if (how === 'SAVEPOINT') setSavepoint(session, name);
  else toSavepoint(session, name, how);
  return done();
}

/** DO expression, …: nothing but their side effects. @throws SqlError */
export async function doExpressions(
  session: Session,
  cursor: Cursor,
  parameters: readonly Value[],
): Promise<Done> {
  await sleeps(session, cursor);
  const translation = translationFor(session, cursor, parameters);
  const values = listOf(cursor, () => translateExpression(translation).sql);
  cursor.end();
  select(session, translation, `SELECT ${values.join(', ')}`);
  return done();
}

/** SLEEP(seconds) takes its time before the query runs. */
export async function sleeps(session: Session, cursor: Cursor) {
  const [, seconds] = /\bsleep\s*\(\s*(\d+(?:\.\d+)?)\s*\)/i.exec(cursor.sql) ?? [];
  if (seconds === undefined || Number(seconds) === 0) return;
  const {clock} = session.server;
  await new Promise<void>(resolve => {
    const cancel = clock.after(Number(seconds) * 1000, resolve);
    session.ended.signal.addEventListener(
      'abort',
      () => {
        cancel();
        resolve();
      },
      {once: true},
    );
  });
  stillAlive(session);
}
