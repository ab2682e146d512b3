import {listOf} from '../../sql/cursor.ts';
import {inClause, type Translation, translateExpression} from '../../sql/translation.ts';
import {quoteName, type Value} from '../../sql/values.ts';
import {type ColumnDefinition, storedName, type TableDefinition} from '../definition.ts';
import {columnName, namedColumn, type Target} from '../named-table.ts';
import {asSqlErrors, demand} from '../query.ts';
import {constraintError, fitting, type Row} from '../row-writing.ts';
import type {Session} from '../session.ts';

/** A column and what it is set to: SQL, with VALUES(x) as a named parameter. */
export interface DuplicateUpdate {
  column: ColumnDefinition;
  sql: string;
}

/** Reads what follows ON DUPLICATE KEY UPDATE. @param alias of the new row @throws SqlError */
export function duplicateUpdates(
  session: Session,
  translation: Translation,
  target: Target,
  alias: string | undefined,
): DuplicateUpdate[] {
  const {cursor} = translation;
  demand(session, 'UPDATE', target.database, target.table);
  translation.newValue = name => {
    const column = namedColumn(session, target, name, 'set');
    return parameterName(target.definition, column);
  };
  return listOf(cursor, () => {
    const column = namedColumn(session, target, columnName(cursor), 'set');
    cursor.expect('=');
    const {sql} = inClause(translation, 'set', () => translateExpression(translation));
    return {column, sql: alias === undefined ? sql : withAlias(sql, alias, target)};
  });
}

/** `new`.`column` of INSERT ... AS new is VALUES(column). */
const withAlias = (sql: string, alias: string, target: Target) =>
  target.definition.columns.reduce(
    (text, column) =>
      text.replaceAll(
        `${quoteName(alias)}.${quoteName(column.name)}`,
        parameterName(target.definition, column),
      ),
    sql,
  );

const parameterName = (definition: TableDefinition, column: ColumnDefinition) =>
  `$new${definition.columns.indexOf(column)}`;

/** Does the updates to the row that the new one cannot be beside. @returns whether anything changed */
export function updateExisting(
  session: Session,
  translation: Translation,
  {target, updates}: {target: Target; updates: readonly DuplicateUpdate[]},
  row: Row,
  id: bigint,
): boolean {
  const place = storedName(target.database, target.table);
  const parameters = Object.fromEntries(
    target.definition.columns
      .map(column => [parameterName(target.definition, column), row.get(column.name) ?? null] as const)
      .filter(([name]) => updates.some(({sql}) => new RegExp(`\\${name}(?!\\d)`).test(sql))),
  );
  const values = asSqlErrors(session, translation, () => {
    const statement = session.connection.prepare(
      `SELECT ${updates.map(({sql}) => sql).join(', ')}, ${updates.map(({column}) => quoteName(column.name)).join(', ')} ` +
        `FROM ${place} AS ${quoteName(target.table)} WHERE rowid = ${id}`,
    );
    statement.setReturnArrays(true);
    return statement.get(parameters) as unknown as Value[];
  });
  const changed = updates.map(({column}, index) =>
    fitting(session, target, column, values[index] ?? null, 1, false),
  );
  if (changed.every((value, index) => String(value) === String(values[updates.length + index] ?? null)))
    return false;
  const assignments = updates.map(({column}) => `${quoteName(column.name)} = ?`).join(', ');
  try {
    session.connection.prepare(`UPDATE ${place} SET ${assignments} WHERE rowid = ${id}`).run(...changed);
  } catch (error) {
    if (error instanceof Error) throw constraintError(session, target, row, error);
    throw error;
  }
  return true;
}
