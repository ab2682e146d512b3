import {SqlError} from '../errors.ts';
import {type Cursor, listOf} from '../sql/cursor.ts';
import {storedName, type TableDefinition} from './definition.ts';
import {splitName, tableName, writableTable} from './named-table.ts';
import {demand} from './query.ts';
import {type Done, done} from './result.ts';
import {parentError} from './row-writing.ts';
import {note, type Session} from './session.ts';
import {dropStorage} from './storage.ts';
import {define} from './transactions.ts';

/** DROP TABLE. @throws SqlError 1051, 1451 */
export async function dropTables(session: Session, cursor: Cursor): Promise<Done> {
  const optional = cursor.accept('if', 'exists');
  const tables = listOf(cursor, () => splitName(session, tableName(cursor)));
  cursor.accept('restrict') || cursor.accept('cascade');
  cursor.end();
  const missing: string[] = [];
  for (const {database, table} of tables) {
    demand(session, 'DROP', database, table);
    const definition = session.dictionary.find(database, table);
    if (definition?.view !== undefined && session.server.flavour.name === 'mariadb')
      throw new SqlError(1965, '42S02', `'${database}.${table}' is a view`);
    if (!definition || definition.view !== undefined) missing.push(`${database}.${table}`);
    else {
      checkNotReferenced(
        session,
        database,
        table,
        tables.map(one => one.table),
      );
      await remove(session, database, table);
    }
  }
  if (missing.length === 0) return done();
  const message = `Unknown table '${missing.join(',')}'`;
  if (!optional) throw new SqlError(1051, '42S02', message);
  note(session, 1051, message);
  return done();
}

function checkNotReferenced(session: Session, database: string, table: string, doomed: readonly string[]) {
  if (session.variables.get('foreign_key_checks') === 'OFF') return;
  const referring = session.dictionary
    .list(database)
    .filter(({name}) => !doomed.includes(name))
    .flatMap(({name, definition}) => definition.foreignKeys.map(key => ({name, key})))
    .find(({key}) => key.table === table && key.database === database);
  if (!referring) return;
  if (session.server.flavour.name === 'mysql')
    throw new SqlError(
      3730,
      'HY000',
      `Cannot drop table '${table}' referenced by a foreign key constraint '${referring.key.name}' on table '${referring.name}'.`,
    );
  throw new SqlError(1451, '23000', 'Cannot delete or update a parent row: a foreign key constraint fails');
}

/** Drops a table or view that is there, with its files. */
export async function remove(session: Session, database: string, table: string) {
  const definition = session.dictionary.find(database, table);
  if (!definition) return;
  await define(session, () => forget(session, database, table, definition));
  await session.server.directory.dropTable(database, table);
}

/** Takes a table or view out of the dictionary, with its rows. Its files stay. */
export function forget(session: Session, database: string, table: string, definition: TableDefinition) {
  if (definition.view === undefined) dropStorage(session.connection, database, table);
  else session.connection.exec(`DROP VIEW IF EXISTS ${storedName(database, table)}`);
  session.dictionary.remove(database, table);
}

/** TRUNCATE. @throws SqlError 1146, 1701 */
export async function truncateTable(session: Session, cursor: Cursor): Promise<Done> {
  const {database, table, definition} = writableTable(session, tableName(cursor), 'DROP');
  cursor.end();
  const referenced = session.dictionary
    .list(database)
    .some(
      ({name, definition: other}) =>
        name !== table && other.foreignKeys.some(key => key.table === table && key.database === database),
    );
  if (referenced && session.variables.get('foreign_key_checks') !== 'OFF') {
    const {message} = parentError(session, {database, table, definition});
    throw new SqlError(
      1701,
      '42000',
      `Cannot truncate a table referenced in a foreign key constraint${message.slice(message.indexOf(' ('))}`,
    );
  }
  await define(session, () => {
    session.connection.exec(`DELETE FROM ${storedName(database, table)}`);
    session.dictionary.setNextId(database, table, 1n);
  });
  return done();
}
