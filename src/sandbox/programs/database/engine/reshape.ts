import {SqlError, unknownColumn} from '../errors.ts';
import {quoteName} from '../sql/values.ts';
import {type ColumnDefinition, storedName, type TableDefinition} from './definition.ts';
import {childError} from './row-writing.ts';
import type {Session} from './session.ts';
import {rebuildStorage} from './storage.ts';
import {define} from './transactions.ts';

/** Gives a table another definition and keeps its rows. @param origins the old name of each column that has one */
export async function reshape(
  session: Session,
  database: string,
  table: string,
  definition: TableDefinition,
  origins: ReadonlyMap<string, string> = new Map(definition.columns.map(({name}) => [name, name])),
  fillIn: (column: ColumnDefinition) => string = () => 'NULL',
) {
  const sources = new Map(
    definition.columns
      .filter(column => !column.generated)
      .map(column => {
        const origin = origins.get(column.name);
        return [column.name, origin === undefined ? fillIn(column) : quoteName(origin)];
      }),
  );
  await define(session, () => {
    session.connection.exec('PRAGMA legacy_alter_table = ON');
    try {
      rebuildStorage(session.connection, database, table, definition, sources);
    } catch (error) {
      throw error instanceof Error ? rebuildError(definition, error) : error;
    } finally {
      session.connection.exec('PRAGMA legacy_alter_table = OFF');
    }
    checkForeignKeys(session, database, table, definition);
    session.dictionary.save(database, table, definition);
  });
}

/** The rows that are there must fit a foreign key that is new. @throws SqlError 1452 */
function checkForeignKeys(session: Session, database: string, table: string, definition: TableDefinition) {
  if (session.variables.get('foreign_key_checks') === 'OFF') return;
  const [broken] = session.connection
    .prepare(`PRAGMA foreign_key_check(${storedName(database, table)})`)
    .all();
  const key = broken && definition.foreignKeys[definition.foreignKeys.length - 1 - Number(broken.fkid)];
  if (key) throw childError(database, table, key);
}

function rebuildError(definition: TableDefinition, error: Error): Error {
  const [, columns] = /UNIQUE constraint failed: (.*)$/.exec(error.message) ?? [];
  if (columns === undefined) return error;
  const names = columns.split(', ').map(column => column.slice(column.lastIndexOf('.') + 1));
  const key = definition.keys.find(one => one.unique && one.columns.join() === names.join());
  return new SqlError(1062, '23000', `Duplicate entry for key '${key?.name ?? 'PRIMARY'}'`);
}

/** @param what e.g. COLUMN, INDEX */
export const cannotDrop = (session: Session, what: string, name: string) =>
  new SqlError(
    1091,
    '42000',
    session.server.flavour.name === 'mariadb'
      ? `Can't DROP ${what} \`${name}\`; check that it exists`
      : `Can't DROP '${name}'; check that column/key exists`,
  );

/** A column that ALTER TABLE names and the table has not. */
export const missingColumn = (session: Session, name: string, table: string) =>
  session.server.flavour.name === 'mariadb'
    ? new SqlError(1054, '42S22', `Unknown column '${name}' in '${table}'`)
    : unknownColumn(session.server.flavour, name, 'select');
