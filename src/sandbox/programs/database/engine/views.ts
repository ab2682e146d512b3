import {SqlError} from '../errors.ts';
import {type Cursor, listOf} from '../sql/cursor.ts';
import {keyColumns} from '../sql/table-definitions/constraints.ts';
import {noParts} from '../sql/table-definitions/parts.ts';
import {translateQuery} from '../sql/translation.ts';
import {quoteName} from '../sql/values.ts';
import {checked} from './checked-definition.ts';
import {columnFor} from './create-table.ts';
import {storedName, type TableDefinition} from './definition.ts';
import {remove} from './drop-tables.ts';
import {splitName, tableName} from './named-table.ts';
import {demand, select, translationFor} from './query.ts';
import {type Done, done} from './result.ts';
import type {Session} from './session.ts';
import {define} from './transactions.ts';

/** CREATE VIEW. @throws SqlError */
export async function createView(session: Session, cursor: Cursor, replace: boolean): Promise<Done> {
  const {database, table} = splitName(session, tableName(cursor));
  demand(session, 'CREATE VIEW', database, table);
  const names = cursor.at('(') ? keyColumns(cursor) : [];
  cursor.expect('as');
  const start = cursor.peek().start;
  const translation = translationFor(session, cursor, []);
  const query = translateQuery(translation);
  const text = cursor.sql.slice(start, cursor.peek(-1).end);
  const given = select(
    session,
    translation,
    `SELECT * FROM (${query.sql}) LIMIT 0`,
    new Map(query.columns.map((column, at) => [at, column.kind()])),
  );
  const old = session.dictionary.find(database, table);
  if (old && !(replace && old.view !== undefined))
    throw new SqlError(1050, '42S01', `Table '${table}' already exists`);
  const columns = given.columns.map(({name, kind}, index) => columnFor(names[index] ?? name, kind));
  const definition: TableDefinition = {
    ...checked(session, database, table, {...noParts(), columns}, {}),
    view: text,
  };
  await session.server.directory.createTable(database, table, true);
  await define(session, () => {
    const place = storedName(database, table);
    session.connection.exec(
      `DROP VIEW IF EXISTS ${place}; ` +
        `CREATE VIEW ${place} (${columns.map(({name}) => quoteName(name)).join(', ')}) AS ${query.sql}`,
    );
    session.dictionary.save(database, table, definition);
  });
  return done();
}

/** DROP VIEW. @throws SqlError 1347, 4092 */
export async function dropViews(session: Session, cursor: Cursor): Promise<Done> {
  const optional = cursor.accept('if', 'exists');
  const views = listOf(cursor, () => splitName(session, tableName(cursor)));
  cursor.end();
  for (const {database, table} of views) {
    demand(session, 'DROP', database, table);
    const definition = session.dictionary.find(database, table);
    if (!definition && !optional)
      throw session.server.flavour.name === 'mariadb'
        ? new SqlError(4092, '42S02', `Unknown VIEW: '${database}.${table}'`)
        : new SqlError(1051, '42S02', `Unknown table '${database}.${table}'`);
    if (definition && definition.view === undefined)
      throw new SqlError(1347, 'HY000', `'${database}.${table}' is not of type 'VIEW'`);
    await remove(session, database, table);
  }
  return done();
}
