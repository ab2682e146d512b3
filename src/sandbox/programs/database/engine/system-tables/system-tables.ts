import {quoteName, type Value} from '../../sql/values.ts';
import {type ColumnDefinition, storedName, type TableDefinition} from '../definition.ts';
import type {Session} from '../session.ts';
import {accountTables} from './accounts.ts';
import {definitionTables} from './definitions.ts';
import {keyTables} from './keys.ts';
import {serverTables} from './server.ts';
import type {SystemTables} from './system-table.ts';

/** Databases whose tables are made when they are asked for. */
export const isSystemDatabase = (database: string) =>
  ['information_schema', 'mysql', 'performance_schema', 'sys'].includes(database.toLowerCase());

/**
 * Fills one of their tables, as a temporary one of this connection, with what is so now.
 * @returns its definition; undefined when there is no such table
 */
export function fillSystemTable(
  session: Session,
  database: string,
  name: string,
): TableDefinition | undefined {
  const source = systemTables[`${database}.${name}`.toLowerCase()];
  if (!source) return undefined;
  const columns = source.columns.split(' ');
  const place = `temp.${storedName(database, name)}`;
  session.connection.exec(`DROP TABLE IF EXISTS ${place}`);
  session.connection.exec(
    `CREATE TABLE ${place} (${columns.map(column => `${quoteName(column)} COLLATE NOCASE`).join(', ')})`,
  );
  const insert = session.connection.prepare(
    `INSERT INTO ${place} VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const rows = source.rows(session);
  for (const row of rows) insert.run(...row);
  return definitionOf(columns, rows);
}

function definitionOf(names: readonly string[], rows: readonly (readonly Value[])[]): TableDefinition {
  const columns = names.map((name, index): ColumnDefinition => {
    const numeric = rows.some(row => typeof row[index] === 'number' || typeof row[index] === 'bigint');
    const type = {
      name: numeric ? 'bigint' : 'varchar',
      sizes: [],
      unsigned: false,
      zerofill: false,
      members: [],
    };
    return {name, type, nullable: true, autoIncrement: false, onUpdateNow: false, comment: ''};
  });
  const rest = {
    engine: 'MEMORY',
    charset: 'utf8mb3',
    collation: 'utf8mb3_general_ci',
    comment: '',
    createdAt: 0,
  };
  return {columns, keys: [], foreignKeys: [], checks: [], ...rest};
}

const systemTables: SystemTables = {...definitionTables, ...keyTables, ...serverTables, ...accountTables};
