import {noSuchTable, SqlError, unknownDatabase} from '../errors.ts';
import {type Cursor, listOf} from '../sql/cursor.ts';
import {storedName} from './definition.ts';
import {splitName, tableName} from './named-table.ts';
import {demand} from './query.ts';
import {type Done, done} from './result.ts';
import {databaseExists, type Session} from './session.ts';
import {define} from './transactions.ts';

/** RENAME TABLE a TO b, … @throws SqlError */
export async function renameTables(session: Session, cursor: Cursor): Promise<Done> {
  const pairs = listOf(cursor, () => {
    const from = splitName(session, tableName(cursor));
    cursor.expect('to');
    return {from, to: splitName(session, tableName(cursor))};
  });
  cursor.end();
  for (const {from, to} of pairs) await renameTable(session, from, to);
  return done();
}

type Place = ReturnType<typeof splitName>;

/** @throws SqlError 1049, 1050, 1146 */
export async function renameTable(session: Session, from: Place, to: Place) {
  demand(session, 'ALTER', from.database, from.table);
  const definition = session.dictionary.find(from.database, from.table);
  if (!definition) throw noSuchTable(from.database, from.table);
  if (!(await databaseExists(session, to.database))) throw unknownDatabase(to.database);
  if (session.dictionary.find(to.database, to.table))
    throw new SqlError(1050, '42S01', `Table '${to.table}' already exists`);
  await define(session, () => {
    // SQLite lets foreign keys of others follow; the dictionary must say so, too
    session.connection.exec(
      `ALTER TABLE ${storedName(from.database, from.table)} RENAME TO ${storedName(to.database, to.table)}`,
    );
    session.dictionary.rename([from.database, from.table], [to.database, to.table]);
    for (const {name, definition: other} of session.dictionary.list(from.database))
      if (other.foreignKeys.some(key => key.table === from.table && key.database === from.database))
        session.dictionary.save(from.database, name, {
          ...other,
          foreignKeys: other.foreignKeys.map(key =>
            key.table === from.table && key.database === from.database ? {...key, ...to} : key,
          ),
        });
  });
  await session.server.directory.renameTable([from.database, from.table], [to.database, to.table]);
}
