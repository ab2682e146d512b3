import {isInteger, storageType} from '../sql/column-types.ts';
import {quoteName, quoteText} from '../sql/values.ts';
import {
  type ColumnDefinition,
  findColumn,
  primaryKey,
  storedName,
  type TableDefinition,
} from './definition.ts';
import type {Connection} from './store.ts';

/** Makes a table's place for rows, and its indexes; for a view the view. */
export function createStorage(
  connection: Connection,
  database: string,
  table: string,
  definition: TableDefinition,
) {
  connection.exec(`CREATE TABLE ${storedName(database, table)} (${body(definition)})`);
  createIndexes(connection, database, table, definition);
}

export function dropStorage(connection: Connection, database: string, table: string) {
  connection.exec(`DROP TABLE IF EXISTS ${storedName(database, table)}`);
}

/**
 * Gives a table another shape, with its rows. Foreign keys must be off, and renames must not touch other tables.
 * @param sources for each new column where its values come from: SQL over the old row
 */
export function rebuildStorage(
  connection: Connection,
  database: string,
  table: string,
  definition: TableDefinition,
  sources: ReadonlyMap<string, string>,
) {
  const beside = storedName(database, `#sql-${table}`);
  const place = storedName(database, table);
  connection.exec(`CREATE TABLE ${beside} (${body(definition)})`);
  const names = [...sources.keys()].map(quoteName).join(', ');
  connection.exec(
    `INSERT INTO ${beside} (${names}) SELECT ${[...sources.values()].join(', ')} FROM ${place}`,
  );
  connection.exec(`DROP TABLE ${place}; ALTER TABLE ${beside} RENAME TO ${place}`);
  createIndexes(connection, database, table, definition);
}

function body(definition: TableDefinition): string {
  const single = rowId(definition);
  const parts = definition.columns.map(column => columnSql(column, column === single));
  const primary = primaryKey(definition);
  if (primary && !single) parts.push(`PRIMARY KEY (${primary.columns.map(quoteName).join(', ')})`);
  for (const key of definition.foreignKeys)
    parts.push(
      `FOREIGN KEY (${key.columns.map(quoteName).join(', ')}) REFERENCES ${storedName(key.database, key.table)} ` +
        `(${key.referenced.map(quoteName).join(', ')}) ON DELETE ${key.onDelete} ON UPDATE ${key.onUpdate}`,
    );
  for (const check of definition.checks)
    parts.push(`CONSTRAINT ${quoteName(check.name)} CHECK (${check.sql})`);
  return parts.join(', ');
}

/** The column that is SQLite's row id: an integer that is the whole primary key. */
function rowId(definition: TableDefinition): ColumnDefinition | undefined {
  const [only, ...more] = primaryKey(definition)?.columns ?? [];
  const column = only !== undefined && more.length === 0 ? findColumn(definition, only) : undefined;
  return column && isInteger(column.type) ? column : undefined;
}

function columnSql(column: ColumnDefinition, isRowId: boolean): string {
  const name = quoteName(column.name);
  if (isRowId) return `${name} INTEGER PRIMARY KEY`;
  const {generated} = column;
  const rest = generated
    ? ` GENERATED ALWAYS AS (${generated.sql}) ${generated.stored ? 'STORED' : 'VIRTUAL'}`
    : '';
  const collation = /_bin$/.test(column.collation ?? '') ? 'TEXT COLLATE BINARY' : storageType(column.type);
  return `${name} ${collation}${rest}`;
}

function createIndexes(connection: Connection, database: string, table: string, definition: TableDefinition) {
  for (const key of definition.keys)
    if (key.name !== 'PRIMARY')
      connection.exec(
        `CREATE ${key.unique ? 'UNIQUE ' : ''}INDEX ${quoteName(`${database}.${table}.${key.name}`)} ` +
          `ON ${storedName(database, table)} (${key.columns.map(quoteName).join(', ')})`,
      );
}

export const defaultSql = (column: ColumnDefinition): string =>
  column.default?.sql ?? (column.nullable ? 'NULL' : implicitDefault(column));

/** What a NOT NULL column without a default gets where a statement does not care: 0, '' or a zero date. */
export function implicitDefault({type}: ColumnDefinition): string {
  if (type.name === 'enum') return quoteText(type.members[0] ?? '');
  if (type.name === 'date') return "'0000-00-00'";
  if (type.name === 'datetime' || type.name === 'timestamp') return "'0000-00-00 00:00:00'";
  return storageType(type).startsWith('TEXT') ? "''" : '0';
}

/** How many rows a table has now. */
export function rowCount(connection: Connection, database: string, table: string): number {
  const counted = connection.prepare(`SELECT count(*) AS n FROM ${storedName(database, table)}`).get();
  return Number(counted?.n ?? 0);
}
