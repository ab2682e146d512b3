import {SqlError} from '../../errors.ts';
import type {Cursor} from '../../sql/cursor.ts';
import {showGrants} from '../accounts/show-grants.ts';
import {type Result, rowsOf} from '../result.ts';
import type {Session} from '../session.ts';
import {filtered, type ShowOptions} from './clauses.ts';
import {columns, indexes} from './columns-and-indexes.ts';
import {showCreate} from './create.ts';
import {databases, tableStatus, tables} from './databases-and-tables.ts';
import {
  characterSets,
  collations,
  countOf,
  engines,
  processes,
  status,
  variables,
  warnings,
} from './server.ts';

/** SHOW. @throws SqlError */
export async function show(session: Session, cursor: Cursor): Promise<Result> {
  const full = cursor.accept('full') || cursor.accept('extended');
  const global = cursor.accept('global');
  if (!global) cursor.accept('session') || cursor.accept('local');
  if (cursor.accept('create')) return showCreate(session, cursor);
  if (cursor.accept('count')) return countOf(session, cursor);
  const found = shows.find(([words]) => cursor.accept(...words.split(' ')));
  if (!found) return cursor.fail();
  return found[1](session, cursor, {full, global});
}

type Show = (session: Session, cursor: Cursor, options: ShowOptions) => Result | Promise<Result>;

const shows: readonly (readonly [words: string, show: Show])[] = [
  ['databases', databases],
  ['schemas', databases],
  ['tables', tables],
  ['table status', tableStatus],
  ['open tables', nothing('Database', 'Table', 'In_use', 'Name_locked')],
  ['columns', columns],
  ['fields', columns],
  ['index', indexes],
  ['indexes', indexes],
  ['keys', indexes],
  ['grants', (session, cursor) => showGrants(session, cursor)],
  ['processlist', processes],
  ['variables', variables],
  ['status', status],
  ['warnings', warnings],
  ['errors', warnings],
  ['engines', engines],
  ['storage engines', engines],
  ['character set', characterSets],
  ['charset', characterSets],
  ['collation', collations],
  ['privileges', nothing('Privilege', 'Context', 'Comment')],
  ['plugins', nothing('Name', 'Status', 'Type', 'Library', 'License')],
  ['triggers', nothing('Trigger', 'Event', 'Table', 'Statement', 'Timing', 'Created')],
  ['events', nothing('Db', 'Name', 'Definer', 'Time zone', 'Type', 'Execute at')],
  ['function status', nothing('Db', 'Name', 'Type', 'Definer', 'Modified', 'Created')],
  ['procedure status', nothing('Db', 'Name', 'Type', 'Definer', 'Modified', 'Created')],
  ['package status', nothing('Db', 'Name', 'Type', 'Definer', 'Modified', 'Created')],
  ['package body status', nothing('Db', 'Name', 'Type', 'Definer', 'Modified', 'Created')],
  ['binary logs', withoutBinaryLog],
  ['master logs', withoutBinaryLog],
  ['master status', nothing('File', 'Position', 'Binlog_Do_DB', 'Binlog_Ignore_DB')],
  ['replica status', nothing('Slave_IO_State', 'Master_Host')],
  ['slave status', nothing('Slave_IO_State', 'Master_Host')],
];

function nothing(...names: string[]): Show {
  return (session, cursor) => filtered(session, cursor, rowsOf(names, []));
}

function withoutBinaryLog(): never {
  throw new SqlError(1381, 'HY000', 'You are not using binary logging');
}
