import {noDatabase, noSuchTable, SqlError, unknownColumn} from '../errors.ts';
import type {Cursor} from '../sql/cursor.ts';
import {type ColumnDefinition, findColumn, type TableDefinition} from './definition.ts';
import {demand} from './query.ts';
import type {Session} from './session.ts';

/** A table that a statement names: it writes to it, or shows it. */
export interface Target {
  database: string;
  table: string;
  definition: TableDefinition;
}

/** A table's name as it is written: with its database before it, or alone. */
export function tableName(cursor: Cursor): string[] {
  const first = cursor.name();
  return cursor.accept('.') ? [first, cursor.name()] : [first];
}

/** Which table a name means: without a database one of the current database. @throws SqlError 1046 */
export function splitName(session: Session, parts: readonly string[]): {database: string; table: string} {
  const [table = '', database = session.database] = parts.toReversed();
  if (database === undefined) throw noDatabase();
  return {database, table};
}

/** A table or view that the session has the privilege for. @throws SqlError 1046, 1142, 1146 */
export function existingTable(session: Session, parts: readonly string[], privilege: string): Target {
  const {database, table} = splitName(session, parts);
  demand(session, privilege, database, table);
  const definition = session.dictionary.find(database, table);
  if (!definition) throw noSuchTable(database, table);
  return {database, table, definition};
}

/** An existing table that is no view. @throws SqlError 1046, 1142, 1146, 1288 for a view */
export function writableTable(session: Session, parts: readonly string[], privilege: string): Target {
  const target = existingTable(session, parts, privilege);
  if (target.definition.view === undefined) return target;
  throw new SqlError(1288, 'HY000', `The target table ${target.table} of the ${privilege} is not updatable`);
}

/** A column's name; those of its table and database may stand before it, and are passed over. */
export function columnName(cursor: Cursor): string {
  let name = cursor.name();
  while (cursor.accept('.')) name = cursor.name();
  return name;
}

/** @param clause what an error says the name stands in @throws SqlError 1054 */
export function namedColumn(
  session: Session,
  target: Target,
  name: string,
  clause: 'insert' | 'set',
): ColumnDefinition {
  const column = findColumn(target.definition, name);
  if (!column) throw unknownColumn(session.server.flavour, name, clause);
  return column;
}
