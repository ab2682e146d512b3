import {SqlError, unknownDatabase} from '../../errors.ts';
import type {Cursor} from '../../sql/cursor.ts';
import {showCreateUser} from '../accounts/show-grants.ts';
import {createTableText} from '../describe-table.ts';
import {existingTable, tableName} from '../named-table.ts';
import {type Result, rowsOf} from '../result.ts';
import {databaseExists, type Session} from '../session.ts';

/** SHOW CREATE TABLE, VIEW, DATABASE or USER. @throws SqlError */
export async function showCreate(session: Session, cursor: Cursor): Promise<Result> {
  if (cursor.accept('user')) return showCreateUser(session, cursor);
  if (cursor.accept('database') || cursor.accept('schema')) return showCreateDatabase(session, cursor);
  const view = cursor.accept('view');
  if (!view) cursor.expect('table');
  const {database, table, definition} = existingTable(session, tableName(cursor), 'SELECT');
  cursor.end();
  if (definition.view !== undefined)
    return rowsOf(
      ['View', 'Create View', 'character_set_client', 'collation_connection'],
      [
        [
          table,
          `CREATE ALGORITHM=UNDEFINED DEFINER=\`root\`@\`localhost\` SQL SECURITY DEFINER VIEW \`${table}\` AS ${definition.view}`,
          'utf8mb4',
          session.server.flavour.collation,
        ],
      ],
    );
  if (view) throw new SqlError(1347, 'HY000', `'${database}.${table}' is not of type 'VIEW'`);
  const next = session.dictionary.nextId(database, table);
  return rowsOf(
    ['Table', 'Create Table'],
    [[table, createTableText(table, definition, next, session.server.flavour)]],
  );
}

async function showCreateDatabase(session: Session, cursor: Cursor): Promise<Result> {
  cursor.accept('if', 'not', 'exists');
  const name = cursor.name();
  cursor.end();
  if (!(await databaseExists(session, name))) throw unknownDatabase(name);
  const {flavour} = session.server;
  const row = session.connection
    .prepare('SELECT charset, collation FROM "#databases" WHERE name = ?')
    .get(name);
  const charset = String(row?.charset ?? 'utf8mb4');
  const collation = String(row?.collation ?? flavour.collation);
  const encryption = flavour.name === 'mysql' ? " /*!80016 DEFAULT ENCRYPTION='N' */" : '';
  return rowsOf(
    ['Database', 'Create Database'],
    [
      [
        name,
        `CREATE DATABASE \`${name}\` /*!40100 DEFAULT CHARACTER SET ${charset} COLLATE ${collation} */${encryption}`,
      ],
    ],
  );
}
