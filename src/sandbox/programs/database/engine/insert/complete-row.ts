import {cannotBeNull, SqlError} from '../../errors.ts';
import type {Value} from '../../sql/values.ts';
import type {ColumnDefinition} from '../definition.ts';
import type {Target} from '../named-table.ts';
import {fitting, type Row} from '../row-writing.ts';
import {isStrict, type Session} from '../session.ts';
import {defaultSql, implicitDefault} from '../storage.ts';
import type {Insert} from './parse.ts';

/** A row with every column, checked; `generated` is its AUTO_INCREMENT value, if it was not given. */
export function complete(
  session: Session,
  {target, columns, ignore}: Insert,
  values: readonly (Value | undefined)[],
  number: number,
): {row: Row; generated: bigint | undefined} {
  const given = new Map(columns.map((column, index) => [column.name, values[index]]));
  const row: Row = new Map();
  let generated: bigint | undefined;
  for (const column of target.definition.columns) {
    const value = given.get(column.name);
    if (column.generated) continue;
    if (column.autoIncrement) {
      const id = autoIncrement(session, target, column, value ?? null, number);
      if (id.generated) generated = id.value;
      row.set(column.name, id.value);
      continue;
    }
    const filled = value === undefined ? defaultValue(session, column, ignore) : value;
    const checked = notNull(session, column, filled, ignore || number > 1);
    row.set(column.name, fitting(session, target, column, checked, number, ignore));
  }
  return {row, generated};
}

function autoIncrement(
  session: Session,
  target: Target,
  column: ColumnDefinition,
  value: Value,
  number: number,
) {
  const {database, table} = target;
  const given = fitting(session, target, column, value, number, false);
  const zeroIsValue = session.variables.get('sql_mode')?.includes('NO_AUTO_VALUE_ON_ZERO') ?? false;
  const next = session.dictionary.nextId(database, table);
  const generated = given === null || (BigInt(Number(given)) === 0n && !zeroIsValue);
  const id = generated ? next : BigInt(given as bigint);
  if (id >= next) session.dictionary.setNextId(database, table, id + 1n);
  return {value: id, generated};
}

function defaultValue(session: Session, column: ColumnDefinition, ignore: boolean): Value {
  if (column.default === undefined && !column.nullable) {
    const error = new SqlError(1364, 'HY000', `Field '${column.name}' doesn't have a default value`);
    if (isStrict(session) && !ignore) throw error;
    session.warnings.push({level: 'Warning', code: error.number, message: error.message});
    return constant(session, implicitDefault(column));
  }
  return constant(session, defaultSql(column));
}

function constant(session: Session, sql: string): Value {
  const statement = session.connection.prepare(`SELECT ${sql} AS value`);
  return (statement.get()?.value ?? null) as Value;
}

function notNull(session: Session, column: ColumnDefinition, value: Value, lenient: boolean): Value {
  if (value !== null || column.nullable) return value;
  const error = cannotBeNull(column.name);
  if (!lenient || isStrict(session)) throw error;
  session.warnings.push({level: 'Warning', code: error.number, message: error.message});
  return constant(session, implicitDefault(column));
}
