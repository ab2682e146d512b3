import {SqlError} from '../errors.ts';
import {kindOf} from '../sql/column-types.ts';
import {display, literal, quoteName, type Value} from '../sql/values.ts';
import {coerce, Misfit} from './coerce.ts';
import {
  type ColumnDefinition,
  type ForeignKey,
  findColumn,
  storedName,
  type TableDefinition,
} from './definition.ts';
import type {Target} from './named-table.ts';
import {isStrict, type Session} from './session.ts';

/** A row on its way into a table, by column name. */
export type Row = Map<string, Value>;

/**
 * A value as its column takes it. What does not fit is an error, or (with IGNORE, or without strict mode) a warning.
 * @param row counted from 1 @throws SqlError
 */
export function fitting(
  session: Session,
  {database, table}: Target,
  column: ColumnDefinition,
  value: Value,
  row: number,
  ignore: boolean,
): Value {
  try {
    return coerce(value, column, {flavour: session.server.flavour, database, table, row});
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    if (isStrict(session) && !ignore) throw error.error;
    session.warnings.push({level: 'Warning', code: error.error.number, message: error.error.message});
    return error.instead;
  }
}

/** What a constraint that SQLite found broken is called by MySQL. */
export function constraintError(session: Session, target: Target, row: Row, error: Error): SqlError {
  const {message} = error;
  if (message.includes('UNIQUE')) return duplicate(session, target, row);
  if (message.includes('FOREIGN KEY')) return brokenReference(session, target, row);
  const [, check] = /CHECK constraint failed: (.*)$/.exec(message) ?? [];
  if (check === undefined) return new SqlError(1105, 'HY000', message);
  return session.server.flavour.name === 'mariadb'
    ? new SqlError(
        4025,
        '23000',
        `CONSTRAINT \`${check}\` failed for \`${target.database}\`.\`${target.table}\``,
      )
    : new SqlError(3819, 'HY000', `Check constraint '${check}' is violated.`);
}

function duplicate(session: Session, target: Target, row: Row): SqlError {
  const key = duplicateKey(session, target, row);
  const values = key.columns.map(name => shown(target.definition, name, row.get(name) ?? null));
  const label = session.server.flavour.name === 'mariadb' ? key.name : `${target.table}.${key.name}`;
  return new SqlError(1062, '23000', `Duplicate entry '${values.join('-')}' for key '${label}'`);
}

function shown(definition: TableDefinition, name: string, value: Value): string {
  const column = findColumn(definition, name);
  const text = column && display(value, kindOf(column.type));
  return text instanceof Uint8Array ? Buffer.from(text).toString() : (text ?? 'NULL');
}

/** The unique key of which another row has the same values. */
function duplicateKey(session: Session, {database, table, definition}: Target, row: Row) {
  const unique = definition.keys.filter(key => key.unique);
  const taken = unique.find(({columns}) => {
    const same = columns.map(name => `${quoteName(name)} = ${literal(row.get(name) ?? null)}`).join(' AND ');
    return session.connection.prepare(`SELECT 1 FROM ${storedName(database, table)} WHERE ${same}`).get();
  });
  return taken ?? unique[0] ?? {name: 'PRIMARY', columns: []};
}

/** Rows that the new one cannot be beside: their row ids. */
export function conflictingRows(session: Session, {database, table, definition}: Target, row: Row): bigint[] {
  const found = definition.keys
    .filter(key => key.unique && key.columns.every(name => row.get(name) !== null && row.has(name)))
    .flatMap(({columns}) => {
      const same = columns
        .map(name => `${quoteName(name)} = ${literal(row.get(name) ?? null)}`)
        .join(' AND ');
      const statement = session.connection.prepare(
        `SELECT rowid AS id FROM ${storedName(database, table)} WHERE ${same}`,
      );
      statement.setReadBigInts(true);
      return statement.all().map(one => one.id as bigint);
    });
  return [...new Set(found)];
}

function brokenReference(session: Session, target: Target, row: Row): SqlError {
  const own = target.definition.foreignKeys.find(key => row.size > 0 && !hasParent(session, key, row));
  if (own) return childError(target.database, target.table, own);
  return parentError(session, target);
}

/** Nobody has what a foreign key refers to. */
export const childError = (database: string, table: string, key: ForeignKey) =>
  new SqlError(
    1452,
    '23000',
    `Cannot add or update a child row: a foreign key constraint fails (${constraintText(database, table, key)})`,
  );

/** Somebody refers to the row. */
export function parentError(session: Session, target: Target): SqlError {
  const referring = session.dictionary
    .list(target.database)
    .flatMap(({name, definition}) => definition.foreignKeys.map(key => ({name, key})))
    .find(({key}) => key.table === target.table && key.database === target.database);
  const text = referring ? ` (${constraintText(target.database, referring.name, referring.key)})` : '';
  return new SqlError(
    1451,
    '23000',
    `Cannot delete or update a parent row: a foreign key constraint fails${text}`,
  );
}

function constraintText(database: string, table: string, key: ForeignKey): string {
  const names = (list: readonly string[]) => list.map(name => `\`${name}\``).join(', ');
  const where = key.database === database ? '' : `\`${key.database}\`.`;
  const action = (event: string, what: string) => (what === 'RESTRICT' ? '' : ` ON ${event} ${what}`);
  return (
    `\`${database}\`.\`${table}\`, CONSTRAINT \`${key.name}\` FOREIGN KEY (${names(key.columns)}) ` +
    `REFERENCES ${where}\`${key.table}\` (${names(key.referenced)})` +
    `${action('DELETE', key.onDelete)}${action('UPDATE', key.onUpdate)}`
  );
}

function hasParent(session: Session, key: ForeignKey, row: Row): boolean {
  const values = key.columns.map(name => row.get(name) ?? null);
  if (values.includes(null)) return true;
  const same = key.referenced.map((name, index) => `${quoteName(name)} = ${literal(values[index] ?? null)}`);
  const query = `SELECT 1 FROM ${storedName(key.database, key.table)} WHERE ${same.join(' AND ')}`;
  return session.connection.prepare(query).get() !== undefined;
}
