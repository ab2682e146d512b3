import type {Cursor} from '../../sql/cursor.ts';
import type {parseTableOptions} from '../../sql/table-definitions/options.ts';
import type {DefinitionContext, TableParts} from '../../sql/table-definitions/parts.ts';
import {sameName} from '../../sql/table-definitions/parts.ts';
import type {ColumnDefinition} from '../definition.ts';
import {missingColumn} from '../reshape.ts';
import type {Session} from '../session.ts';

/** What an ALTER TABLE changes, one step after the other. */
export interface Alteration extends DefinitionContext {
  session: Session;
  parts: TableParts;
  /** By new name, the old one of each column that was there before. */
  origins: Map<string, string>;
  options: ReturnType<typeof parseTableOptions>;
  renamed?: {database: string; table: string};
}

/** A column, and where it stands. @throws SqlError 1054 */
export function columnAt(
  {session, parts, table}: Alteration,
  name: string,
): {at: number; column: ColumnDefinition} {
  const at = parts.columns.findIndex(column => sameName(column.name, name));
  const column = parts.columns[at];
  if (!column) throw missingColumn(session, name, table);
  return {at, column};
}

/** Where FIRST or AFTER column puts a column; `otherwise` when neither is said. @throws SqlError 1054 */
export function position(alteration: Alteration, otherwise: number): number {
  const {cursor} = alteration.translation;
  if (cursor.accept('first')) return 0;
  if (!cursor.accept('after')) return otherwise;
  return columnAt(alteration, cursor.name()).at + 1;
}

/** Keys and values follow a column to its new name. */
export function followName(parts: TableParts, origins: Map<string, string>, from: string, to: string) {
  const follow = (names: readonly string[]) => names.map(name => (sameName(name, from) ? to : name));
  parts.keys = parts.keys.map(key => ({...key, columns: follow(key.columns)}));
  parts.foreignKeys = parts.foreignKeys.map(key => ({...key, columns: follow(key.columns)}));
  const origin = origins.get(from);
  origins.delete(from);
  if (origin !== undefined) origins.set(to, origin);
}

/** A name, with or without IF EXISTS before it. */
export function nameAfter(cursor: Cursor): string {
  cursor.accept('if', 'exists');
  return cursor.name();
}
