import {SqlError} from '../errors.ts';
import {type Cursor, cursorOf} from '../sql/cursor.ts';
import type {Value} from '../sql/values.ts';
import {alterUser, createUser, dropUser} from './accounts/change-users.ts';
import {grant, revoke} from './accounts/grants.ts';
import {alterTable} from './alter-table/alter-table.ts';
import {callProcedure, create, dropOther, refuse} from './create-or-drop.ts';
import {createDatabase, dropDatabase} from './databases.ts';
import {deleteRows} from './delete.ts';
import {describe, explain} from './describe.ts';
import {dropTables, truncateTable} from './drop-tables.ts';
import {dropIndex} from './indexes.ts';
import {insertRows} from './insert/insert.ts';
import {deallocate, prepare, preparedStatement} from './prepared.ts';
import {runQuery} from './query.ts';
import {renameTables} from './rename-table.ts';
import {done, type Result, rowsOf} from './result.ts';
import {kill, shutdown, tableMaintenance} from './server-statements.ts';
import {type Session, stillAlive} from './session.ts';
import {doExpressions, finish, savepoint, sleeps, startTransaction, use} from './session-statements.ts';
import {set} from './set-variables.ts';
import {show} from './show/show.ts';
import {commit, rollback} from './transactions.ts';
import {updateRows} from './update.ts';
import {dropViews} from './views.ts';

/** Runs one statement of a session. @throws SqlError */
export async function executeStatement(
  session: Session,
  sql: string,
  parameters: readonly Value[],
): Promise<Result> {
  stillAlive(session);
  const cursor = cursorOf(sql, session.server.flavour);
  const first = cursor.peek();
  if (first.kind === 'end' || first.text === ';') {
    if (sql.includes('/*')) return done(); // nothing but a comment for other versions
    throw new SqlError(1065, '42000', 'Query was empty');
  }
  session.server.questions++;
  if (/information_schema/i.test(sql) || session.database === 'information_schema')
    session.server.databases = ['information_schema', ...(await session.server.directory.databases())];
  session.running = {sql, since: session.server.clock.now()};
  const diagnostic = cursor.at('show') && /warnings|errors/i.test(cursor.peek(1).text);
  if (!diagnostic) session.warnings = [];
  try {
    const result = await run(session, cursor, parameters);
    session.rowCount = 'affected' in result ? result.affected : -1;
    return result;
  } catch (error) {
    if (error instanceof SqlError)
      session.warnings = [{level: 'Error', code: error.number, message: error.message}];
    throw error;
  } finally {
    session.running = undefined;
  }
}

type Statement = (session: Session, cursor: Cursor, parameters: readonly Value[]) => Result | Promise<Result>;

/** By the words that a statement begins with; the longest ones first. The cursor stands behind them. */
const statements: readonly (readonly [words: string, statement: Statement])[] = [
  ['create database', createDatabase],
  ['create schema', createDatabase],
  ['create user', createUser],
  ['create role', createUser],
  ['create', create],
  ['drop database', dropDatabase],
  ['drop schema', dropDatabase],
  ['drop table', dropTables],
  ['drop temporary table', dropTables],
  ['drop view', dropViews],
  ['drop index', dropIndex],
  ['drop user', dropUser],
  ['drop role', dropUser],
  ['drop', dropOther],
  ['alter table', alterTable],
  ['alter user', alterUser],
  ['alter', refuse],
  ['rename table', renameTables],
  ['truncate table', truncateTable],
  ['truncate', truncateTable],
  ['insert', insertRows('INSERT')],
  ['replace', insertRows('REPLACE')],
  ['update', updateRows],
  ['delete', deleteRows],
  ['show', show],
  ['describe', describe],
  ['desc', describe],
  ['explain', explain],
  ['use', use],
  ['set', (session, cursor) => set(session, cursor)],
  ['begin', startTransaction],
  ['start transaction', startTransaction],
  ['commit', session => finish(session, commit)],
  ['rollback to savepoint', (session, cursor) => savepoint(session, cursor, 'ROLLBACK TO')],
  ['rollback to', (session, cursor) => savepoint(session, cursor, 'ROLLBACK TO')],
  ['rollback', session => finish(session, rollback)],
  ['savepoint', (session, cursor) => savepoint(session, cursor, 'SAVEPOINT')],
  ['release savepoint', (session, cursor) => savepoint(session, cursor, 'RELEASE')],
  ['grant', grant],
  ['revoke', revoke],
  ['flush', () => done()],
  ['lock tables', session => finish(session, commit)],
  ['lock table', session => finish(session, commit)],
  ['unlock tables', session => finish(session, commit)],
  ['analyze table', tableMaintenance],
  ['check table', tableMaintenance],
  ['optimize table', tableMaintenance],
  ['repair table', tableMaintenance],
  ['prepare', prepare],
  ['execute', executePrepared],
  ['deallocate prepare', deallocate],
  ['do', doExpressions],
  ['kill', kill],
  ['shutdown', shutdown],
  ['call', callProcedure],
  ['help', () => rowsOf(['name', 'is_it_category'], [])],
];

async function run(session: Session, cursor: Cursor, parameters: readonly Value[]): Promise<Result> {
  if (cursor.at('select') || cursor.at('with') || cursor.at('(') || cursor.at('values')) {
    await sleeps(session, cursor);
    return runQuery(session, cursor, parameters);
  }
  const found = statements.find(([words]) => cursor.accept(...words.split(' ')));
  return found ? found[1](session, cursor, parameters) : cursor.fail();
}

function executePrepared(session: Session, cursor: Cursor): Promise<Result> {
  const {sql, values} = preparedStatement(session, cursor);
  return executeStatement(session, sql, values);
}
