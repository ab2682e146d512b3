import type {Cursor} from '../../sql/cursor.ts';
import type {Translation} from '../../sql/translation.ts';
import {quoteName, type Value} from '../../sql/values.ts';
import {storedName} from '../definition.ts';
import type {Target} from '../named-table.ts';
import {translationFor} from '../query.ts';
import {type Done, done, type Result} from '../result.ts';
import {conflictingRows, constraintError, type Row} from '../row-writing.ts';
import type {Session} from '../session.ts';
import {write} from '../transactions.ts';
import {complete} from './complete-row.ts';
import {updateExisting} from './duplicate-key.ts';
import {type Insert, parseInsert} from './parse.ts';

/** INSERT and REPLACE. @throws SqlError */
export const insertRows =
  (verb: 'INSERT' | 'REPLACE') =>
  async (session: Session, cursor: Cursor, parameters: readonly Value[]): Promise<Result> => {
    const translation = translationFor(session, cursor, parameters);
    const insert = parseInsert(session, translation, verb === 'REPLACE');
    return write(session, () => run(session, translation, insert));
  };

function run(session: Session, translation: Translation, insert: Insert): Done {
  const rows = insert.rows();
  const counts = {affected: 0, duplicates: 0};
  let firstId: bigint | undefined;
  const add = adder(session, insert.target);
  for (const [index, values] of rows.entries()) {
    const {row, generated} = complete(session, insert, values, index + 1);
    if (generated !== undefined) firstId ??= generated;
    place(session, translation, insert, row, add, counts);
  }
  if (firstId !== undefined) session.lastInsertId = firstId;
  const info =
    rows.length > 1 || insert.fromQuery
      ? `Records: ${rows.length}  Duplicates: ${counts.duplicates}  Warnings: ${session.warnings.length}`
      : '';
  return done(counts.affected, info, firstId ?? 0n);
}

/** A prepared INSERT of a whole row. */
function adder(session: Session, {database, table, definition}: Target) {
  const columns = definition.columns.filter(column => !column.generated);
  const names = columns.map(column => quoteName(column.name)).join(', ');
  const statement = session.connection.prepare(
    `INSERT INTO ${storedName(database, table)} (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  return (row: Row) => void statement.run(...columns.map(column => row.get(column.name) ?? null));
}

function place(
  session: Session,
  translation: Translation,
  insert: Insert,
  row: Row,
  add: (row: Row) => void,
  counts: {affected: number; duplicates: number},
) {
  const {target, replace, ignore, updates} = insert;
  const conflicts = replace || ignore || updates.length > 0 ? conflictingRows(session, target, row) : [];
  if (conflicts.length > 0) counts.duplicates++;
  if (conflicts.length > 0 && updates.length > 0) {
    counts.affected += updateExisting(session, translation, insert, row, conflicts[0] ?? 0n) ? 2 : 0;
    return;
  }
  if (conflicts.length > 0 && ignore) {
    const duplicate = constraintError(session, target, row, new Error('UNIQUE'));
    session.warnings.push({level: 'Warning', code: duplicate.number, message: duplicate.message});
    return;
  }
  const place = storedName(target.database, target.table);
  for (const id of conflicts) session.connection.prepare(`DELETE FROM ${place} WHERE rowid = ?`).run(id);
  try {
    add(row);
  } catch (error) {
    if (error instanceof Error) throw constraintError(session, target, row, error);
    throw error;
  }
  counts.affected += 1 + conflicts.length;
}
