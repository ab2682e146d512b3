import {needsPrivilege, noDatabase, notSimulated, SqlError} from '../errors.ts';
import {type Cursor, cursorOf, listOf} from '../sql/cursor.ts';
import {translateExpression} from '../sql/expressions.ts';
import type {Value} from '../sql/values.ts';
import {alterUser, createUser, dropUser} from './accounts/change-users.ts';
import {grant, revoke} from './accounts/grants.ts';
import {accountName} from './accounts/names.ts';
import {alterTable} from './alter-table.ts';
import {createTable} from './create-table.ts';
import {createDatabase, dropDatabase} from './databases.ts';
import {deleteRows} from './delete.ts';
import {describe, explain} from './describe.ts';
import {dropTables, truncateTable} from './drop-tables.ts';
import {createIndex, dropIndex} from './indexes.ts';
import {insertRows} from './insert/insert.ts';
import {runQuery, select, translationFor} from './query.ts';
import {renameTables} from './rename-table.ts';
import {type Done, done, type Result, rowsOf} from './result.ts';
import {currentAccount, type Session, stillAlive} from './session.ts';
import {set} from './set-variables.ts';
import {show} from './show/show.ts';
import {begin, commit, rollback, setSavepoint, toSavepoint} from './transactions.ts';
import {updateRows} from './update.ts';
import {may} from './users.ts';
import {createView, dropViews} from './views.ts';

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

/** SLEEP(seconds) takes its time before the query runs. */
async function sleeps(session: Session, cursor: Cursor) {
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

function create(session: Session, cursor: Cursor, parameters: readonly Value[]): Promise<Result> {
  const replace = cursor.accept('or', 'replace');
  const unique = cursor.accept('unique');
  if (cursor.accept('fulltext') || cursor.accept('spatial')) cursor.at('index') || cursor.fail();
  if (cursor.accept('index')) return createIndex(session, cursor, unique);
  if (unique) return cursor.fail();
  cursor.accept('temporary');
  if (cursor.accept('table')) return createTable(session, cursor, parameters, replace);
  viewOptions(cursor);
  if (cursor.accept('view')) return createView(session, cursor, replace);
  return refuse(session, cursor);
}

/** ALGORITHM, DEFINER and SQL SECURITY: they change nothing here. */
function viewOptions(cursor: Cursor) {
  for (;;)
    if (cursor.accept('algorithm', '=')) cursor.name();
    else if (cursor.accept('definer', '=')) accountName(cursor);
    else if (cursor.accept('sql', 'security')) cursor.name();
    else return;
}

function refuse(_: Session, cursor: Cursor): never {
  const what = cursor.peek().text.toUpperCase();
  if (/^(PROCEDURE|FUNCTION|TRIGGER|EVENT|SEQUENCE|SERVER|DATABASE|TABLESPACE)$/.test(what))
    throw notSimulated(`${cursor.peek(-1).text.toUpperCase()} ${what}`);
  return cursor.fail();
}

function dropOther(session: Session, cursor: Cursor): Done {
  const what = cursor.name().toUpperCase();
  if (!/^(PROCEDURE|FUNCTION|TRIGGER|EVENT)$/.test(what)) return cursor.fail();
  const optional = cursor.accept('if', 'exists');
  const name = cursor.name();
  if (!optional)
    throw new SqlError(1305, '42000', `${what} ${session.database ?? ''}.${name} does not exist`);
  return done();
}

async function use(session: Session, cursor: Cursor): Promise<Done> {
  const database = cursor.name();
  cursor.end();
  await session.use(database);
  return done();
}

function startTransaction(session: Session): Done {
  begin(session);
  return done();
}

function finish(session: Session, how: (session: Session) => void): Done {
  how(session);
  return done();
}

function savepoint(session: Session, cursor: Cursor, how: 'SAVEPOINT' | 'ROLLBACK TO' | 'RELEASE'): Done {
  const name = cursor.name();
  cursor.end();
  if (how === 'SAVEPOINT') setSavepoint(session, name);
  else toSavepoint(session, name, how);
  return done();
}

/** There is nothing to maintain: it says that all is well. */
function tableMaintenance(session: Session, cursor: Cursor): Result {
  const operation = cursor.sql.trim().split(/\s/)[0]?.toLowerCase() ?? '';
  const tables = listOf(cursor, () => {
    const first = cursor.name();
    return cursor.accept('.') ? `${first}.${cursor.name()}` : `${session.database ?? ''}.${first}`;
  });
  return rowsOf(
    ['Table', 'Op', 'Msg_type', 'Msg_text'],
    tables.map(table => [table, operation, 'status', 'OK']),
  );
}

function prepare(session: Session, cursor: Cursor): Done {
  const name = cursor.name().toLowerCase();
  cursor.expect('from');
  const variable = cursor.peek();
  const text =
    variable.kind === 'variable'
      ? String(session.userVariables.get(cursor.next().text.slice(1).toLowerCase()) ?? '')
      : cursor.text();
  session.prepared.set(name, text);
  return done(0, 'Statement prepared');
}

function executePrepared(session: Session, cursor: Cursor): Promise<Result> {
  const name = cursor.name();
  const sql = session.prepared.get(name.toLowerCase());
  if (sql === undefined)
    throw new SqlError(1243, 'HY000', `Unknown prepared statement handler (${name}) given to EXECUTE`);
  const values = cursor.accept('using')
    ? listOf(cursor, () => session.userVariables.get(cursor.next().text.slice(1).toLowerCase()) ?? null)
    : [];
  cursor.end();
  return executeStatement(session, sql, values);
}

function deallocate(session: Session, cursor: Cursor): Done {
  session.prepared.delete(cursor.name().toLowerCase());
  return done();
}

async function doExpressions(session: Session, cursor: Cursor, parameters: readonly Value[]): Promise<Done> {
  await sleeps(session, cursor);
  const translation = translationFor(session, cursor, parameters);
  const values = listOf(cursor, () => translateExpression(translation).sql);
  cursor.end();
  select(session, translation, `SELECT ${values.join(', ')}`);
  return done();
}

function kill(session: Session, cursor: Cursor): Done {
  cursor.accept('hard') || cursor.accept('soft');
  const queryOnly = cursor.accept('query');
  cursor.accept('connection');
  const id = cursor.integer();
  const target = session.server.sessions.get(id);
  if (!target) throw new SqlError(1094, 'HY000', `Unknown thread id: ${id}`);
  if (target.user !== session.user && !may(currentAccount(session), 'SUPER'))
    throw new SqlError(1095, 'HY000', `You are not owner of thread ${id}`);
  if (!queryOnly) target.close();
  return done();
}

function shutdown(session: Session, cursor: Cursor): Done {
  cursor.end();
  if (!may(currentAccount(session), 'SHUTDOWN')) throw needsPrivilege('SHUTDOWN');
  session.server.shutdown(`${session.user}[${session.user}] @ ${session.host} []`);
  return done();
}

function callProcedure(session: Session, cursor: Cursor): never {
  const name = cursor.name();
  if (session.database === undefined) throw noDatabase();
  throw new SqlError(1305, '42000', `PROCEDURE ${session.database}.${name} does not exist`);
}
