import {cannotBeNull, columnCount, noSuchTable, SqlError, unknownColumn} from '../errors.ts';
import {kindOf} from '../sql/column-types.ts';
import {type Cursor, inParentheses, listOf} from '../sql/cursor.ts';
import {startsQuery, translateExpression} from '../sql/expressions.ts';
import {translateQuery} from '../sql/queries.ts';
import {inClause, type Translation} from '../sql/translation.ts';
import {quoteName, type Value} from '../sql/values.ts';
import {type ColumnDefinition, findColumn, storedName, type TableDefinition} from './definition.ts';
import {asSqlErrors, demand, select, translationFor} from './query.ts';
import {type Done, done, type Result} from './result.ts';
import {conflictingRows, constraintError, fitting, type Row, splitName, type Target} from './row-writing.ts';
import {isStrict, type Session} from './session.ts';
import {defaultSql, implicitDefault} from './storage.ts';
import {write} from './transactions.ts';

interface Insert {
  target: Target;
  columns: readonly ColumnDefinition[];
  /** Rows of values; undefined for DEFAULT. */
  rows: () => (Value | undefined)[][];
  /** The rows come from a query: their number is told. */
  fromQuery?: boolean;
  ignore: boolean;
  replace: boolean;
  /** ON DUPLICATE KEY UPDATE: columns and what they are set to, VALUES(x) as a named parameter. */
  updates: readonly {column: ColumnDefinition; sql: string}[];
}

/** INSERT and REPLACE. @throws SqlError */
export const insertRows =
  (verb: 'INSERT' | 'REPLACE') =>
  async (session: Session, cursor: Cursor, parameters: readonly Value[]): Promise<Result> => {
    const translation = translationFor(session, cursor, parameters);
    const insert = parse(session, translation, verb === 'REPLACE');
    return write(session, () => run(session, translation, insert));
  };

function parse(session: Session, translation: Translation, replace: boolean): Insert {
  const {cursor} = translation;
  while (['low_priority', 'delayed', 'high_priority'].some(word => cursor.accept(word)));
  const ignore = cursor.accept('ignore');
  cursor.accept('into');
  const target = writableTable(session, tableName(cursor), 'INSERT');
  if (replace) demand(session, 'DELETE', target.database, target.table);
  translation.scope.tables.push({alias: target.table, kinds: kindsOf(target.definition)});
  const from = inClause(translation, 'insert', () => source(session, translation, target));
  const alias = cursor.accept('as') ? cursor.name() : undefined;
  const updates = cursor.accept('on', 'duplicate', 'key', 'update')
    ? duplicateUpdates(session, translation, target, alias)
    : [];
  cursor.end();
  return {...from, target, ignore, replace, updates};
}

export const kindsOf = (definition: TableDefinition) =>
  new Map(definition.columns.map(column => [column.name.toLowerCase(), kindOf(column.type)]));

export function tableName(cursor: Cursor): string[] {
  const first = cursor.name();
  return cursor.accept('.') ? [first, cursor.name()] : [first];
}

/** @throws SqlError 1142, 1146, 1288 for a view */
export function writableTable(session: Session, parts: readonly string[], privilege: string): Target {
  const {database, table} = splitName(session, parts);
  demand(session, privilege, database, table);
  const definition = session.dictionary.find(database, table);
  if (!definition) throw noSuchTable(database, table);
  if (definition.view !== undefined)
    throw new SqlError(1288, 'HY000', `The target table ${table} of the ${privilege} is not updatable`);
  return {database, table, definition};
}

export function namedColumn(session: Session, target: Target, name: string, clause: 'insert' | 'set') {
  const column = findColumn(target.definition, name);
  if (!column) throw unknownColumn(session.server.flavour, name, clause);
  return column;
}

function source(
  session: Session,
  translation: Translation,
  target: Target,
): Pick<Insert, 'columns' | 'rows' | 'fromQuery'> {
  const {cursor} = translation;
  if (cursor.accept('set')) return assignments(session, translation, target);
  const listed = cursor.at('(') && !startsQuery(translation, 1);
  const columns = listed ? columnList(session, cursor, target) : target.definition.columns;
  if (cursor.accept('values') || cursor.accept('value'))
    return {columns, rows: valueRows(session, translation, columns)};
  const query = translateQuery(translation);
  return {
    columns,
    fromQuery: true,
    rows: () => {
      const {rows, columns: given} = select(session, translation, query.sql);
      if (given.length !== columns.length) throw columnCount(1);
      return rows.map(row => [...row]);
    },
  };
}

function columnList(session: Session, cursor: Cursor, target: Target): readonly ColumnDefinition[] {
  cursor.expect('(');
  if (cursor.accept(')')) return [];
  const columns = listOf(cursor, () => {
    const parts = [cursor.name()];
    while (cursor.accept('.')) parts.push(cursor.name());
    return namedColumn(session, target, parts.at(-1) ?? '', 'insert');
  });
  cursor.expect(')');
  const twice = columns.find((column, index) => columns.indexOf(column) < index);
  if (twice) throw new SqlError(1110, '42000', `Column '${twice.name}' specified twice`);
  return columns;
}

/** SQL for each value; undefined for DEFAULT. */
function valueOrDefault(translation: Translation): string | undefined {
  const {cursor} = translation;
  if (cursor.at('default') && cursor.peek(1).text !== '(') {
    cursor.next();
    return undefined;
  }
  return translateExpression(translation).sql;
}

function valueRows(
  session: Session,
  translation: Translation,
  columns: readonly ColumnDefinition[],
): Insert['rows'] {
  const {cursor} = translation;
  const written = listOf(cursor, () => {
    cursor.accept('row');
    if (cursor.accept('(', ')')) return [];
    return inParentheses(cursor, () => valueOrDefault(translation));
  });
  for (const [index, row] of written.entries()) {
    const empty = row.length === 0 && index === 0 && written.length === 1;
    if (row.length !== columns.length && !empty) throw columnCount(index + 1);
  }
  return () => written.map(row => evaluate(session, translation, row));
}

function evaluate(
  session: Session,
  translation: Translation,
  row: readonly (string | undefined)[],
): (Value | undefined)[] {
  if (row.length === 0) return [];
  const {rows} = select(session, translation, `SELECT ${row.map(sql => sql ?? 'NULL').join(', ')}`);
  return row.map((sql, index) => (sql === undefined ? undefined : rows[0]?.[index]));
}

function assignments(
  session: Session,
  translation: Translation,
  target: Target,
): Pick<Insert, 'columns' | 'rows' | 'fromQuery'> {
  const {cursor} = translation;
  const list = listOf(cursor, () => {
    const column = namedColumn(session, target, cursor.name(), 'insert');
    cursor.expect('=');
    return {column, sql: valueOrDefault(translation)};
  });
  return {
    columns: list.map(({column}) => column),
    rows: () => [
      evaluate(
        session,
        translation,
        list.map(({sql}) => sql),
      ),
    ],
  };
}

function duplicateUpdates(
  session: Session,
  translation: Translation,
  target: Target,
  alias: string | undefined,
) {
  const {cursor} = translation;
  demand(session, 'UPDATE', target.database, target.table);
  translation.newValue = name => {
    const column = namedColumn(session, target, name, 'set');
    return parameterName(target.definition, column);
  };
  return listOf(cursor, () => {
    const parts = [cursor.name()];
    while (cursor.accept('.')) parts.push(cursor.name());
    const column = namedColumn(session, target, parts.at(-1) ?? '', 'set');
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

/** A row with every column, checked; `generated` is its AUTO_INCREMENT value, if it was not given. */
function complete(
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

/** ON DUPLICATE KEY UPDATE. @returns whether anything changed */
function updateExisting(
  session: Session,
  translation: Translation,
  insert: Insert,
  row: Row,
  id: bigint,
): boolean {
  const {target, updates} = insert;
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
