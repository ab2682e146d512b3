import {createHash} from 'node:crypto';
import {SqlError} from '../errors.ts';
import type {Flavour} from '../flavour.ts';
import {nativeHash} from '../sql/functions/hashes.ts';
import type {Connection} from './store.ts';

/** Who may log in, from where, and what they may do. */
export interface Account {
  user: string;
  /** A pattern with % and _, e.g. % or localhost. */
  host: string;
  /** In hexadecimal, as the flavour's authentication hashes it twice; empty for no password. */
  hash: string;
  locked: boolean;
  /** By database pattern and table: `*.*`, `db.*` or `db.table`. */
  grants: readonly Grant[];
}

export interface Grant {
  database: string;
  table: string;
  privileges: readonly string[];
  withGrantOption: boolean;
}

export interface Users {
  list(): Account[];
  find(user: string, host: string): Account | undefined;
  /** Who somebody is who comes from a host: the most specific host counts. */
  match(user: string, from: string): Account | undefined;
  save(account: Account): void;
  remove(account: Account): void;
}

export function usersOf(connection: Connection): Users {
  const list = connection.prepare('SELECT account FROM "#users" ORDER BY host, user');
  const save = connection.prepare('INSERT OR REPLACE INTO "#users" (user, host, account) VALUES (?, ?, ?)');
  const remove = connection.prepare('DELETE FROM "#users" WHERE user = ? AND host = ?');
  const all = () => list.all().map(row => JSON.parse(String(row.account)) as Account);
  return {
    list: all,
    find: (user, host) => all().find(account => account.user === user && account.host === host),
    match: (user, from) =>
      all()
        .filter(account => account.user === user && likeMatches(account.host, from))
        .toSorted((one, other) => wildness(one.host) - wildness(other.host))[0],
    save: account => void save.run(account.user, account.host, JSON.stringify(account)),
    remove: account => void remove.run(account.user, account.host),
  };
}

const wildness = (host: string) => (host === '%' ? 2 : /[%_]/.test(host) ? 1 : 0);

/** LIKE, with \ before what is meant literally. */
export function likeMatches(pattern: string, value: string): boolean {
  const source = pattern.replace(/\\?[\s\S]/g, char => {
    if (char === '%') return '[\\s\\S]*';
    if (char === '_') return '[\\s\\S]';
    return char.slice(-1).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  });
  return new RegExp(`^${source}$`, 'i').test(value);
}

/** What every account has: it may log in. */
export const usage: Grant = {database: '*', table: '*', privileges: ['USAGE'], withGrantOption: false};

/** A password as the server keeps it. */
export function hashPassword(password: string, flavour: Flavour): string {
  if (password === '') return '';
  if (flavour.authentication === 'mysql_native_password') return nativeHash(password).slice(1).toLowerCase();
  const once = createHash('sha256').update(password).digest();
  return createHash('sha256').update(once).digest('hex');
}

/** All privileges that can be granted, in the order of SHOW GRANTS. */
export const privilegeNames = (
  'SELECT,INSERT,UPDATE,DELETE,CREATE,DROP,RELOAD,SHUTDOWN,PROCESS,FILE,REFERENCES,INDEX,ALTER,SHOW DATABASES,' +
  'SUPER,CREATE TEMPORARY TABLES,LOCK TABLES,EXECUTE,REPLICATION SLAVE,REPLICATION CLIENT,CREATE VIEW,SHOW VIEW,' +
  'CREATE ROUTINE,ALTER ROUTINE,CREATE USER,EVENT,TRIGGER,CREATE TABLESPACE'
).split(',');

/** May this account do that with all tables of a database, with one table, or (without a database) at all? */
export function may(account: Account, privilege: string, database?: string, table?: string): boolean {
  return account.grants.some(
    grant =>
      (grant.privileges.includes('ALL PRIVILEGES') || grant.privileges.includes(privilege)) &&
      covers(grant, database, table),
  );
}

function covers(grant: Grant, database: string | undefined, table: string | undefined): boolean {
  if (grant.database === '*') return true;
  if (database === undefined || !likeMatches(grant.database, database)) return false;
  return grant.table === '*' || grant.table === table;
}

/** Has it any privilege on a database, or on something in it? */
export const maySee = (account: Account, database: string): boolean =>
  account.grants.some(
    grant =>
      (grant.database === '*' && grant.privileges.some(one => one !== 'USAGE')) ||
      likeMatches(grant.database, database),
  );

export const loginDenied = (user: string, host: string, withPassword: boolean) =>
  new SqlError(
    1045,
    '28000',
    `Access denied for user '${user}'@'${host}' (using password: ${withPassword ? 'YES' : 'NO'})`,
  );
