import {closeSync, mkdirSync, openSync} from 'node:fs';
import {join} from 'node:path';
import type * as sqlite from 'node:sqlite';
import {DatabaseSync} from './sqlite.ts';
import {StateFileError} from './state-file-error.ts';

/** Of the tables below. A file of another layout is not touched. */
const layout = 1;

export const fileIn = (directory: string): string => join(directory, 'registry.db');

/** Opens `registry.db` in the directory, and makes both when they are not there. @throws StateFileError */
export function openDatabase(directory: string): sqlite.DatabaseSync {
  if (directory === ':memory:') return prepared(new DatabaseSync(directory));
  const file = fileIn(directory);
  try {
    mkdirSync(directory, {recursive: true, mode: 0o700});
    // It holds Secrets: nobody else may read it. SQLite gives its other files the rights of this one.
    closeSync(openSync(file, 'a', 0o600));
    return prepared(new DatabaseSync(file));
  } catch (error) {
    throw new StateFileError(file, error);
  }
}

/** One process has the file for itself, until it ends. */
function prepared(database: sqlite.DatabaseSync): sqlite.DatabaseSync {
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    const {user_version: found} = database.prepare('PRAGMA user_version').get() as {user_version: number};
    if (found > layout) throw new Error(`it was written by a newer version (layout ${found})`);
    if (found < layout) makeTables(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

const makeTables = (database: sqlite.DatabaseSync) =>
  database.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE states (
      version INTEGER PRIMARY KEY,
      resource TEXT NOT NULL,
      object TEXT,
      previous INTEGER,
      until INTEGER
    ) STRICT;
    CREATE INDEX states_until ON states (until);
    CREATE TABLE history (horizon INTEGER NOT NULL) STRICT;
    INSERT INTO history VALUES (1);
    PRAGMA user_version = ${layout};
    COMMIT;
  `);
