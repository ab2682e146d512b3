import {mkdir, open, readdir, rename, rm, stat, truncate, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {Flavour} from '../flavour.ts';
import {databaseOfDirectory, fileName} from './file-names.ts';
import {runtimeFiles, systemFiles} from './system-files.ts';

/**
 * A server's data directory: real files on a volume. ibdata1 is the SQLite database that holds every row; the
 * other files are there to be looked at, in their real sizes but sparse. A table without its files, or a database
 * without its directory, is lost, as with a real server.
 */
export interface DataDirectory {
  /** The system tablespace's real path. */
  readonly tablespace: string;
  /** Files without which no server starts: their real paths. */
  readonly needed: readonly string[];
  /** Has a server been initialised here? What else lies in the directory does not matter. */
  isInitialised(): Promise<boolean>;
  /** Is there nothing at all in it? */
  isEmpty(): Promise<boolean>;
  initialise(): Promise<void>;
  /** Makes what only a running server has. @returns whether the last one ended without a shutdown */
  start(): Promise<{crashed: boolean}>;
  /** Removes it again, after an orderly shutdown. */
  finish(): Promise<void>;
  /** Log sequence numbers: of the last checkpoint, and of the end of the log. */
  sequence(): Promise<{checkpoint: number; end: number}>;
  checkpoint(): Promise<void>;
  databases(): Promise<string[]>;
  createDatabase(name: string, charset: string, collation: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
  /** Have these tables their files? */
  hasTable(database: string, table: string): Promise<boolean>;
  createTable(database: string, table: string, view: boolean): Promise<void>;
  dropTable(database: string, table: string): Promise<void>;
  renameTable(from: readonly [string, string], to: readonly [string, string]): Promise<void>;
}

/** @param path the real directory on the host */
export function dataDirectory(path: string, flavour: Flavour): DataDirectory {
  const at = (...parts: string[]) => join(path, ...parts);
  const tablespace = at('ibdata1');
  const log = at(flavour.name === 'mariadb' ? 'ib_logfile0' : '#innodb_redo/#ib_redo5');
  const suffixes = flavour.name === 'mariadb' ? ['.frm', '.ibd'] : ['.ibd'];
  const tableFile = (database: string, table: string, suffix: string) =>
    at(fileName(database), `${fileName(table)}${suffix}`);

  return {
    tablespace,
    needed: [tablespace, log],
    isInitialised: () => isDirectory(at('mysql')),
    isEmpty: async () => (await entries(path)).length === 0,

    async initialise() {
      for (const directory of ['mysql', 'performance_schema', 'sys', ...innodbDirectories(flavour)])
        await mkdir(at(directory), {recursive: true, mode: 0o700});
      for (const [file, size] of systemFiles(flavour)) await sparse(at(file), size);
      if (flavour.name === 'mariadb') {
        await writeFile(at('mariadb_upgrade_info'), '11.8.6-MariaDB', {mode: 0o644});
        await writeFile(at('mysql/db.opt'), options('utf8mb4', flavour.collation), {mode: 0o660});
        for (const database of ['performance_schema', 'sys'])
          await writeFile(at(database, 'db.opt'), options('utf8mb3', 'utf8mb3_general_ci'), {mode: 0o660});
      }
    },

    async start() {
      const crashed = await exists(at('ibtmp1'));
      for (const [file, size] of runtimeFiles(flavour)) await sparse(at(file), size);
      return {crashed};
    },

    async finish() {
      for (const [file] of runtimeFiles(flavour)) await rm(at(file), {force: true});
    },

    sequence: async () => ({checkpoint: await readNumber(log, 0), end: await endOfLog(tablespace)}),
    checkpoint: async () => writeNumber(log, await endOfLog(tablespace)),

    async databases() {
      const found = await readdir(path, {withFileTypes: true});
      return found
        .filter(entry => entry.isDirectory() && !entry.name.startsWith('#'))
        .map(entry => databaseOfDirectory(entry.name));
    },

    async createDatabase(name, charset, collation) {
      await mkdir(at(fileName(name)), {recursive: true, mode: 0o700});
      if (flavour.name === 'mariadb')
        await writeFile(at(fileName(name), 'db.opt'), options(charset, collation), {mode: 0o660});
    },
    dropDatabase: name => rm(at(fileName(name)), {recursive: true, force: true}),

    async hasTable(database, table) {
      const [first = ''] = suffixes;
      return exists(tableFile(database, table, first));
    },
    async createTable(database, table, view) {
      if (flavour.name === 'mysql' && view) return; // MySQL keeps views in its dictionary alone
      for (const suffix of view ? ['.frm'] : suffixes)
        await sparse(tableFile(database, table, suffix), suffix === '.frm' ? 1024 : 64 * 1024);
    },
    async dropTable(database, table) {
      for (const suffix of suffixes) await rm(tableFile(database, table, suffix), {force: true});
    },
    async renameTable(from, to) {
      for (const suffix of suffixes)
        await rename(tableFile(...from, suffix), tableFile(...to, suffix)).catch(ignoreMissing);
    },
  };
}

/** The system tablespace's size as a new server makes it. A SQLite file may be longer than what is in it. */
export const tablespaceSize = 12 * 1024 * 1024;

const innodbDirectories = (flavour: Flavour) =>
  flavour.name === 'mysql' ? ['#innodb_redo', '#innodb_temp'] : [];

const options = (charset: string, collation: string) =>
  `default-character-set=${charset}\ndefault-collation=${collation}\n`;

async function sparse(path: string, size: number) {
  await mkdir(dirname(path), {recursive: true, mode: 0o700});
  await writeFile(path, '', {mode: 0o660});
  await truncate(path, size);
}

/** The log grows with every transaction that SQLite counts in its header (at byte 24). */
async function endOfLog(tablespace: string) {
  const transactions = await readNumber(tablespace, 24);
  return 45_141 + transactions * 341;
}

async function readNumber(path: string, position: number): Promise<number> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(4);
    await file.read(buffer, 0, 4, position);
    return buffer.readUInt32BE();
  } finally {
    await file.close();
  }
}

async function writeNumber(path: string, value: number) {
  const file = await open(path, 'r+');
  try {
    const buffer = Buffer.alloc(4);
    buffer.writeUInt32BE(value);
    await file.write(buffer, 0, 4, 0);
  } finally {
    await file.close();
  }
}

const entries = (path: string) => readdir(path).catch((): string[] => []);
const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
const isDirectory = (path: string) =>
  stat(path).then(
    found => found.isDirectory(),
    () => false,
  );
const ignoreMissing = (error: unknown) => {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
};
