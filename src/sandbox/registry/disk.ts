import type {ResourceId, Stored} from '../objects.ts';
import {fileIn, openDatabase} from './database.ts';
import type {Change} from './registry.ts';
import {StateFileError} from './state-file-error.ts';
import {atVersion} from './versions.ts';

/** The registry on disk: every object's newest state, and the history of the last changes. */
export interface Disk {
  /** The newest version on disk. */
  readonly version: number;
  /** Changes up to this version may be forgotten already. */
  readonly horizon: number;
  /** The newest state of all objects. @throws StateFileError, and closes the file */
  load(): {resource: ResourceId; object: Stored}[];
  /** Writes all of them or none, with one fsync. Throws what SQLite says. */
  write(changes: readonly Change[]): void;
  /** The changes of a resource after a version that is not before the horizon, oldest first. */
  changes(resource: ResourceId, after: number): Change[];
  close(): void;
}

/** How many changes a watch can go back at least. */
const historyLength = 10_000;
/** History is cut when it has grown by so many changes, for the cut costs more than a write. */
const historySlack = 1_000;

/**
 * One row is one state of one object, as etcd keeps it: the newest one has no `until`, an older one is history
 * up to the version that replaced it. A deletion is a row without object; `previous` leads to the last state.
 *
 * @param directory where registry.db lies; `:memory:` for nowhere
 * @throws StateFileError
 */
export function openDisk(directory: string): Disk {
  const database = openDatabase(directory);
  const insert = database.prepare(
    'INSERT INTO states (version, resource, object, previous, until) VALUES (?, ?, ?, ?, ?)',
  );
  const supersede = database.prepare('UPDATE states SET until = ? WHERE version = ?');
  const newest = database.prepare('SELECT resource, object FROM states WHERE until IS NULL ORDER BY version');
  const since = database.prepare(
    `SELECT now.version, now.object, before.object AS before FROM states AS now
     LEFT JOIN states AS before ON before.version = now.previous
     WHERE now.version > ? AND now.resource = ? ORDER BY now.version`,
  );
  const forget = database.prepare('DELETE FROM states WHERE until <= ?');
  const setHorizon = database.prepare('UPDATE history SET horizon = ?');
  const {version: last} = database.prepare('SELECT max(version) AS version FROM states').get() as {
    version: number | null;
  };
  let {horizon} = database.prepare('SELECT horizon FROM history').get() as {horizon: number};
  let version = last ?? horizon;

  return {
    get version() {
      return version;
    },
    get horizon() {
      return horizon;
    },
    load() {
      try {
        return newest.all().map(row => ({
          resource: row.resource as ResourceId,
          object: JSON.parse(row.object as string) as Stored,
        }));
      } catch (error) {
        database.close();
        throw new StateFileError(fileIn(directory), error);
      }
    },
    write(changes) {
      const latest = changes.at(-1)?.version ?? version;
      const cut = latest - horizon > historyLength + historySlack ? latest - historyLength : horizon;
      transaction(() => {
        for (const change of changes) store(change);
        if (cut === horizon) return;
        forget.run(cut);
        setHorizon.run(cut);
      });
      version = latest;
      horizon = cut;
    },
    changes: (resource, after) =>
      since
        .all(after, resource)
        .map(row =>
          changeOf(
            resource,
            row.version as number,
            parsed(row.object as string | null),
            parsed(row.before as string | null),
          ),
        ),
    close: () => database.close(),
  };

  function transaction(run: () => void): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      run();
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  function store({type, resource, object, before, version: at}: Change): void {
    const previous = before ? Number(before.metadata.resourceVersion) : null;
    if (previous !== null) supersede.run(at, previous);
    if (type === 'DELETED') insert.run(at, resource, null, previous, at);
    else insert.run(at, resource, JSON.stringify(object), previous, null);
  }
}

const parsed = (json: string | null) => (json === null ? undefined : (JSON.parse(json) as Stored));

/** What a row tells: what is there now, and what was there before. */
function changeOf(
  resource: ResourceId,
  version: number,
  object: Stored | undefined,
  before: Stored | undefined,
): Change {
  if (object)
    return {type: before ? 'MODIFIED' : 'ADDED', resource, object, version, ...(before && {before})};
  if (!before) throw new Error(`The history of ${resource} has lost what was deleted at ${version}.`);
  return {type: 'DELETED', resource, object: atVersion(before, version), before, version};
}
