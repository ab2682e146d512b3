import {noSuchTable, SqlError, unknownColumn} from '../errors.ts';
import {kindOf} from '../sql/column-types.ts';
import type {Cursor} from '../sql/cursor.ts';
import {translationOf} from '../sql/grammar.ts';
import type {Surroundings, Translation} from '../sql/translation.ts';
import {translateQuery} from '../sql/translation.ts';
import type {Kind, Value} from '../sql/values.ts';
import {findColumn, type TableDefinition} from './definition.ts';
import {factOf} from './facts.ts';
import type {Rows} from './result.ts';
import {currentAccount, type Session} from './session.ts';
import {fillSystemTable, isSystemDatabase} from './system-tables/system-tables.ts';
import {may} from './users.ts';
import {systemValue} from './variables.ts';

/** SELECT and the like. @throws SqlError */
export function runQuery(
  session: Session,
  cursor: Cursor,
  parameters: readonly Value[],
  surroundings = surroundingsOf(session, parameters),
): Rows {
  const translation = translationOf(cursor, surroundings);
  const {sql, columns} = translateQuery(translation);
  cursor.end();
  const kinds = new Map(columns.map((column, index) => [index, column.kind()]));
  const rows = select(session, translation, sql, kinds);
  session.foundRows = rows.rows.length;
  return rows;
}

/** What the statements of a session are translated with. */
export const translationFor = (session: Session, cursor: Cursor, parameters: readonly Value[]): Translation =>
  translationOf(cursor, surroundingsOf(session, parameters));

function surroundingsOf(session: Session, parameters: readonly Value[]): Surroundings {
  return {
    database: session.database,
    table: (database, name) => visibleTable(session, database, name),
    systemVariable: name => systemValue(session, name),
    userVariable: name => session.userVariables.get(name.toLowerCase()) ?? null,
    fact: name => factOf(session, name),
    parameters,
  };
}

/** A table that the session may read. @throws SqlError 1142, 1146 */
function visibleTable(session: Session, database: string, name: string): TableDefinition {
  const virtual = isSystemDatabase(database);
  if (database.toLowerCase() !== 'information_schema') demand(session, 'SELECT', database, name);
  const found = virtual ? fillSystemTable(session, database, name) : session.dictionary.find(database, name);
  if (!found) throw noSuchTable(database, name);
  return found;
}

/** @throws SqlError 1142 */
export function demand(session: Session, privilege: string, database: string, table: string) {
  if (may(currentAccount(session), privilege, database, table)) return;
  const {user, host, server} = session;
  const named = server.flavour.name === 'mariadb' ? `\`${database}\`.\`${table}\`` : `'${table}'`;
  throw new SqlError(
    1142,
    '42000',
    `${privilege} command denied to user '${user}'@'${host}' for table ${named}`,
  );
}

/** Runs a translated query. Columns that come straight from a table have that column's kind. @throws SqlError */
export function select(
  session: Session,
  translation: Translation,
  sql: string,
  kinds: ReadonlyMap<number, Kind> = new Map(),
): Rows {
  return asSqlErrors(session, translation, () => {
    const statement = session.connection.prepare(sql);
    statement.setReadBigInts(true);
    statement.setReturnArrays(true);
    const rows = statement.all() as unknown as Value[][];
    const columns = statement.columns().map((column, index) => ({
      name: column.name,
      kind: originKind(session, column.table, column.column) ?? kinds.get(index) ?? {is: 'string' as const},
    }));
    return {columns, rows};
  });
}

function originKind(session: Session, table: string | null, column: string | null): Kind | undefined {
  const [, database, name] = /^([^.]*)\.(.*)$/.exec(table ?? '') ?? [];
  if (database === undefined || name === undefined || column === null) return undefined;
  const definition = session.dictionary.find(database, name);
  const found = definition && findColumn(definition, column);
  return found && {...kindOf(found.type), notNull: !found.nullable};
}

/** What SQLite finds wrong, in MySQL's words. @throws SqlError */
export function asSqlErrors<T>(session: Session, translation: Translation, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof SqlError || !(error instanceof Error)) throw error;
    throw inMysqlWords(session, translation, error.message);
  }
}

function inMysqlWords(session: Session, {references}: Translation, message: string): SqlError {
  const {flavour} = session.server;
  const [, written] = /no such column: (.*?)(?: - should this be.*)?$/.exec(message) ?? [];
  if (written !== undefined) {
    const missing = written.replaceAll('"', '');
    const last = (name: string) => name.slice(name.lastIndexOf('.') + 1).toLowerCase();
    const reference =
      references.find(({name}) => name === missing) ??
      references.find(({name}) => last(name) === last(missing));
    return unknownColumn(flavour, reference?.name ?? missing, reference?.clause ?? 'select');
  }
  const [, ambiguous] = /ambiguous column name: (.*)$/.exec(message) ?? [];
  if (ambiguous !== undefined)
    return new SqlError(
      1052,
      '23000',
      flavour.name === 'mariadb'
        ? `Column '${ambiguous}' in SELECT is ambiguous`
        : `Column '${ambiguous}' in field list is ambiguous`,
    );
  const [, unknownTable] = /no such table: (\w+)$/.exec(message) ?? [];
  if (unknownTable !== undefined) return new SqlError(1051, '42S02', `Unknown table '${unknownTable}'`);
  if (/misuse of (aggregate|window)/.test(message))
    return new SqlError(1111, 'HY000', 'Invalid use of group function');
  if (/same number of result columns/.test(message))
    return new SqlError(1222, '21000', 'The used SELECT statements have a different number of columns');
  if (/sub-select returns|row value misused/.test(message))
    return new SqlError(1241, '21000', 'Operand should contain 1 column(s)');
  if (/wrong number of arguments/.test(message)) {
    const [, name = ''] = /function (\S+)\(\)/.exec(message) ?? [];
    return new SqlError(1582, '42000', `Incorrect parameter count in the call to native function '${name}'`);
  }
  return new SqlError(1105, 'HY000', message);
}
