import type {TableDefinition} from './definition.ts';
import type {Connection} from './store.ts';

/** What the server knows of its tables, kept beside the rows. Names are compared with case, as on Linux. */
export interface Dictionary {
  find(database: string, table: string): TableDefinition | undefined;
  /** In the order of their names. */
  list(database: string): {name: string; definition: TableDefinition}[];
  save(database: string, table: string, definition: TableDefinition): void;
  remove(database: string, table: string): void;
  rename(from: readonly [string, string], to: readonly [string, string]): void;
  /** The next value of AUTO_INCREMENT. */
  nextId(database: string, table: string): bigint;
  setNextId(database: string, table: string, next: bigint): void;
}

export const dictionaryTables = `
  CREATE TABLE "#tables" (
    database TEXT, name TEXT, definition TEXT NOT NULL, next_id INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (database, name)
  ) WITHOUT ROWID;
  CREATE TABLE "#users" (user TEXT, host TEXT, account TEXT NOT NULL, PRIMARY KEY (user, host)) WITHOUT ROWID;
  CREATE TABLE "#databases" (name TEXT PRIMARY KEY, charset TEXT, collation TEXT) WITHOUT ROWID;
`;

export function dictionaryOf(connection: Connection): Dictionary {
  const find = connection.prepare('SELECT definition FROM "#tables" WHERE database = ? AND name = ?');
  const list = connection.prepare('SELECT name, definition FROM "#tables" WHERE database = ? ORDER BY name');
  const save = connection.prepare(
    'INSERT INTO "#tables" (database, name, definition) VALUES (?, ?, ?) ' +
      'ON CONFLICT DO UPDATE SET definition = excluded.definition',
  );
  const remove = connection.prepare('DELETE FROM "#tables" WHERE database = ? AND name = ?');
  const rename = connection.prepare(
    'UPDATE "#tables" SET database = ?, name = ? WHERE database = ? AND name = ?',
  );
  const nextId = connection.prepare('SELECT next_id FROM "#tables" WHERE database = ? AND name = ?');
  nextId.setReadBigInts(true);
  const setNextId = connection.prepare('UPDATE "#tables" SET next_id = ? WHERE database = ? AND name = ?');
  return {
    find(database, table) {
      const row = find.get(database, table);
      return row && parse(row.definition);
    },
    list: database =>
      list.all(database).map(row => ({name: String(row.name), definition: parse(row.definition)})),
    save: (database, table, definition) => void save.run(database, table, JSON.stringify(definition)),
    remove: (database, table) => void remove.run(database, table),
    rename: (from, to) => void rename.run(...to, ...from),
    nextId(database, table) {
      const next = nextId.get(database, table)?.next_id;
      return typeof next === 'bigint' ? next : 1n;
    },
    setNextId: (database, table, next) => void setNextId.run(next, database, table),
  };
}

const parse = (stored: unknown) => JSON.parse(String(stored)) as TableDefinition;
