import {needsPrivilege, SqlError} from '../errors.ts';
import {type Cursor, inParentheses, listOf} from '../sql/cursor.ts';
import {type Done, done, type Result, rowsOf} from './result.ts';
import {currentAccount, note, type Session} from './session.ts';
import {define} from './transactions.ts';
import {type Account, type Grant, hashPassword, likeMatches, may, privilegeNames} from './users.ts';

interface Name {
  user: string;
  host: string;
}

/** 'user'@'host', user@host or user; also CURRENT_USER() when a session is given. @throws SqlError 1064 */
export function accountName(cursor: Cursor, session?: Session): Name {
  if (session && /^current_user$/i.test(cursor.peek().text)) {
    cursor.next();
    if (cursor.accept('(')) cursor.expect(')');
    return {user: session.account.user, host: session.account.host};
  }
  const user = cursor.text();
  if (cursor.peek().kind === 'variable')
    return {
      user,
      host: cursor
        .next()
        .text.slice(1)
        .replace(/^([`'"])(.*)\1$/, '$2'),
    };
  return {user, host: cursor.accept('@') ? cursor.text() : '%'};
}

/** IDENTIFIED BY 'password' and its relatives. @returns the hash; undefined when nothing is said */
function identification(session: Session, cursor: Cursor): string | undefined {
  const {flavour} = session.server;
  if (!cursor.accept('identified')) return undefined;
  if (cursor.accept('by')) {
    const isHash = cursor.accept('password');
    const text = cursor.text();
    return isHash ? text.replace(/^\*/, '').toLowerCase() : hashPassword(text, flavour);
  }
  cursor.accept('via') || cursor.expect('with');
  const plugin = cursor.text();
  if (!/^(mysql_native_password|caching_sha2_password|ed25519|unix_socket)$/.test(plugin))
    throw new SqlError(1524, 'HY000', `Plugin '${plugin}' is not loaded`);
  if (cursor.accept('by')) return hashPassword(cursor.text(), flavour);
  if (!cursor.accept('using') && !cursor.accept('as')) return '';
  if (!cursor.accept('password')) return cursor.text().replace(/^\*/, '').toLowerCase();
  const [password = ''] = inParentheses(cursor, () => cursor.text());
  return hashPassword(password, flavour);
}

/** REQUIRE, WITH limits and ACCOUNT LOCK. @returns whether it is locked; undefined when nothing is said */
function accountOptions(cursor: Cursor): boolean | undefined {
  let locked: boolean | undefined;
  while (cursor.peek().kind !== 'end' && !cursor.at(';')) {
    if (cursor.accept('account', 'lock')) locked = true;
    else if (cursor.accept('account', 'unlock')) locked = false;
    else cursor.next();
  }
  return locked;
}

function demandUserAdmin(session: Session) {
  if (!may(currentAccount(session), 'CREATE USER')) throw needsPrivilege('CREATE USER');
}

const failed = (session: Session, operation: string, {user, host}: Name, why: string) =>
  new SqlError(
    1396,
    'HY000',
    `Operation ${operation} failed for '${user}'@'${host}'${session.server.flavour.name === 'mysql' ? ` (${why})` : ''}`,
  );

/** CREATE USER. @throws SqlError 1227, 1396 */
export async function createUser(session: Session, cursor: Cursor): Promise<Done> {
  demandUserAdmin(session);
  const optional = cursor.accept('if', 'not', 'exists');
  const wanted = listOf(cursor, () => ({
    ...accountName(cursor),
    hash: identification(session, cursor) ?? '',
  }));
  const locked = accountOptions(cursor) ?? false;
  const taken = wanted.find(({user, host}) => session.users.find(user, host));
  if (taken && !optional) throw failed(session, 'CREATE USER', taken, 'User account already exists');
  if (taken) note(session, 1973, `Can't create user '${taken.user}'@'${taken.host}'; it already exists`);
  await define(session, () => {
    for (const {user, host, hash} of wanted)
      if (!session.users.find(user, host))
        session.users.save({
          user,
          host,
          hash,
          locked,
          grants: [{database: '*', table: '*', privileges: ['USAGE'], withGrantOption: false}],
        });
  });
  return done();
}

/** DROP USER. @throws SqlError 1227, 1396 */
export async function dropUser(session: Session, cursor: Cursor): Promise<Done> {
  demandUserAdmin(session);
  const optional = cursor.accept('if', 'exists');
  const names = listOf(cursor, () => accountName(cursor));
  cursor.end();
  const missing = names.find(({user, host}) => !session.users.find(user, host));
  if (missing && !optional) throw failed(session, 'DROP USER', missing, 'User account does not exist');
  await define(session, () => {
    for (const {user, host} of names) {
      const account = session.users.find(user, host);
      if (account) session.users.remove(account);
    }
  });
  return done();
}

/** ALTER USER. @throws SqlError 1227, 1396 */
export async function alterUser(session: Session, cursor: Cursor): Promise<Done> {
  const optional = cursor.accept('if', 'exists');
  const changes = listOf(cursor, () => ({
    ...accountName(cursor, session),
    hash: identification(session, cursor),
  }));
  const own = changes.every(({user, host}) => user === session.account.user && host === session.account.host);
  if (!own) demandUserAdmin(session);
  const locked = accountOptions(cursor);
  const missing = changes.find(({user, host}) => !session.users.find(user, host));
  if (missing && !optional) throw failed(session, 'ALTER USER', missing, 'User account does not exist');
  await define(session, () => {
    for (const {user, host, hash} of changes) {
      const account = session.users.find(user, host);
      if (account)
        session.users.save({...account, hash: hash ?? account.hash, locked: locked ?? account.locked});
    }
  });
  return done();
}

/** SET PASSWORD [FOR user] = PASSWORD('…') or = '…'. @throws SqlError 1044, 1133 */
export async function setPassword(session: Session, cursor: Cursor): Promise<Done> {
  const {flavour} = session.server;
  const name = cursor.accept('for') ? accountName(cursor, session) : session.account;
  cursor.expect('=');
  const hashed = cursor.accept('password');
  const [text = ''] = hashed ? inParentheses(cursor, () => cursor.text()) : [cursor.text()];
  cursor.end();
  const own = name.user === session.account.user && name.host === session.account.host;
  if (!own) demandUserAdmin(session);
  const account = session.users.find(name.user, name.host);
  if (!account) throw new SqlError(1133, '28000', "Can't find any matching row in the user table");
  const isHash = !hashed && flavour.name === 'mariadb' && /^\*[0-9A-F]{40}$/i.test(text);
  if (!hashed && flavour.name === 'mariadb' && !isHash)
    throw new SqlError(1372, 'HY000', 'Password hash should be a 41-digit hexadecimal number');
  const hash = isHash ? text.slice(1).toLowerCase() : hashPassword(text, flavour);
  await define(session, () => session.users.save({...account, hash}));
  return done();
}

/** Privileges and what they are for: … ON … */
function privileges(session: Session, cursor: Cursor): Omit<Grant, 'withGrantOption'> {
  const names = listOf(cursor, () => {
    const words: string[] = [];
    while (!cursor.at('on') && !cursor.at(',') && !cursor.at('(')) words.push(cursor.name().toUpperCase());
    if (cursor.at('(')) inParentheses(cursor, () => cursor.name());
    return words.join(' ').replace(/^ALL$/, 'ALL PRIVILEGES');
  });
  const unknown = names.find(name => !isPrivilege(name));
  if (unknown !== undefined) cursor.fail();
  cursor.expect('on');
  cursor.accept('table');
  return {...grantTarget(session, cursor), privileges: names};
}

const isPrivilege = (name: string) =>
  /^(ALL PRIVILEGES|USAGE|GRANT OPTION|.*ADMIN|DELETE HISTORY|BINLOG \w+|SET USER|CONNECTION ADMIN)$/.test(
    name,
  ) || privilegeNames.includes(name);

/** `*.*`, db.*, db.table, `*` or table */
function grantTarget(session: Session, cursor: Cursor): Pick<Grant, 'database' | 'table'> {
  const part = () => (cursor.accept('*') ? '*' : cursor.name());
  const first = part();
  if (cursor.accept('.')) return {database: first, table: part()};
  if (session.database === undefined) throw new SqlError(1046, '3D000', 'No database selected');
  return {database: session.database, table: first};
}

/** GRANT. @throws SqlError 1044, 1133, 1410 */
export async function grant(session: Session, cursor: Cursor): Promise<Done> {
  if (cursor.accept('proxy')) return passOver(cursor);
  const granted = privileges(session, cursor);
  cursor.expect('to');
  const to = listOf(cursor, () => ({...accountName(cursor, session), hash: identification(session, cursor)}));
  const withGrantOption = cursor.accept('with', 'grant', 'option');
  cursor.end();
  demandGrantOption(session, granted);
  const {flavour} = session.server;
  await define(session, () => {
    for (const {user, host, hash} of to) {
      const account = session.users.find(user, host);
      if (!account && flavour.name === 'mysql')
        throw new SqlError(1410, '42000', 'You are not allowed to create a user with GRANT');
      if (!account && hash === undefined)
        throw new SqlError(1133, '28000', "Can't find any matching row in the user table");
      const base: Account = account ?? {user, host, hash: '', locked: false, grants: []};
      session.users.save({
        ...base,
        hash: hash ?? base.hash,
        grants: merge(base.grants, {...granted, withGrantOption}),
      });
    }
  });
  return done();
}

function passOver(cursor: Cursor): Done {
  while (cursor.peek().kind !== 'end') cursor.next();
  return done();
}

function demandGrantOption(session: Session, {database}: Pick<Grant, 'database'>) {
  const account = currentAccount(session);
  const allowed = account.grants.some(
    own => own.withGrantOption && (own.database === '*' || likeMatches(own.database, database)),
  );
  if (!allowed)
    throw database === '*'
      ? new SqlError(
          1045,
          '28000',
          `Access denied for user '${session.user}'@'${session.host}' (using password: YES)`,
        )
      : new SqlError(
          1044,
          '42000',
          `Access denied for user '${account.user}'@'${account.host}' to database '${database}'`,
        );
}

function merge(grants: readonly Grant[], added: Grant): Grant[] {
  const same = (one: Grant) => one.database === added.database && one.table === added.table;
  const before = grants.find(same);
  const all = [...(before?.privileges ?? []), ...added.privileges].filter(name => name !== 'USAGE');
  const kept = all.includes('ALL PRIVILEGES') ? ['ALL PRIVILEGES'] : [...new Set(all)];
  const merged = {
    ...added,
    privileges: kept.length > 0 ? kept : ['USAGE'],
    withGrantOption: added.withGrantOption || (before?.withGrantOption ?? false),
  };
  return before ? grants.map(one => (same(one) ? merged : one)) : [...grants, merged];
}

/** REVOKE. @throws SqlError 1141, 1269 */
export async function revoke(session: Session, cursor: Cursor): Promise<Done> {
  const everything =
    cursor.accept('all', 'privileges', ',', 'grant', 'option') ||
    cursor.accept('all', ',', 'grant', 'option');
  const revoked = everything ? undefined : privileges(session, cursor);
  cursor.expect('from');
  const from = listOf(cursor, () => accountName(cursor, session));
  cursor.end();
  demandGrantOption(session, revoked ?? {database: '*'});
  await define(session, () => {
    for (const {user, host} of from) {
      const account = session.users.find(user, host);
      if (!account) throw noSuchGrant(user, host);
      session.users.save({...account, grants: revoked ? without(account, revoked) : [usage]});
    }
  });
  return done();
}

const usage: Grant = {database: '*', table: '*', privileges: ['USAGE'], withGrantOption: false};

function without(account: Account, revoked: Omit<Grant, 'withGrantOption'>): Grant[] {
  const same = (one: Grant) => one.database === revoked.database && one.table === revoked.table;
  if (!account.grants.some(same)) throw noSuchGrant(account.user, account.host);
  const all = revoked.privileges.includes('ALL PRIVILEGES');
  return account.grants.flatMap(one => {
    if (!same(one)) return [one];
    const before = one.privileges.includes('ALL PRIVILEGES') ? privilegeNames : one.privileges;
    const kept = all ? [] : before.filter(name => !revoked.privileges.includes(name));
    const withGrantOption = one.withGrantOption && !revoked.privileges.includes('GRANT OPTION');
    if (kept.length > 0) return [{...one, privileges: kept, withGrantOption}];
    return one.database === '*' ? [{...usage, withGrantOption}] : [];
  });
}

export const noSuchGrant = (user: string, host: string) =>
  new SqlError(1141, '42000', `There is no such grant defined for user '${user}' on host '${host}'`);

/** SHOW GRANTS [FOR user]. @throws SqlError 1141 */
export function showGrants(session: Session, cursor: Cursor): Result {
  const name = cursor.accept('for') ? accountName(cursor, session) : session.account;
  cursor.end();
  const account = session.users.find(name.user, name.host);
  if (!account) throw noSuchGrant(name.user, name.host);
  const lines = grantLines(session, account);
  return rowsOf(
    [`Grants for ${account.user}@${account.host}`],
    lines.map(line => [line]),
  );
}

function grantLines(session: Session, account: Account): string[] {
  const {name} = session.server.flavour;
  const {user, host, hash} = account;
  const who = `\`${user}\`@\`${host}\``;
  const identified =
    name === 'mariadb' && hash !== '' ? ` IDENTIFIED BY PASSWORD '*${hash.toUpperCase()}'` : '';
  const global = account.grants.find(one => one.database === '*') ?? usage;
  const ordered = [global, ...account.grants.filter(one => one !== global)];
  const lines = ordered.map(one => {
    const place =
      one.database === '*' ? '*.*' : `\`${one.database}\`.${one.table === '*' ? '*' : `\`${one.table}\``}`;
    const option = one.withGrantOption ? ' WITH GRANT OPTION' : '';
    const all = one.privileges.includes('ALL PRIVILEGES');
    const list =
      name === 'mysql' && all && one === global
        ? [...privilegeNames, 'CREATE ROLE', 'DROP ROLE']
        : sorted(one.privileges);
    return `GRANT ${list.join(', ')} ON ${place} TO ${who}${one === global ? identified : ''}${option}`;
  });
  if (user === 'root' && host === 'localhost')
    lines.push(
      name === 'mariadb'
        ? "GRANT PROXY ON ''@'%' TO 'root'@'localhost' WITH GRANT OPTION"
        : 'GRANT PROXY ON ``@`` TO `root`@`localhost` WITH GRANT OPTION',
    );
  return lines;
}

const sorted = (names: readonly string[]) =>
  names.toSorted((one, other) => privilegeNames.indexOf(one) - privilegeNames.indexOf(other));

/** SHOW CREATE USER. @throws SqlError 1141 */
export function showCreateUser(session: Session, cursor: Cursor): Result {
  const {user, host} = accountName(cursor, session);
  const account = session.users.find(user, host);
  if (!account) throw noSuchGrant(user, host);
  const identified = account.hash === '' ? '' : ` IDENTIFIED BY PASSWORD '*${account.hash.toUpperCase()}'`;
  return rowsOf([`CREATE USER for ${user}@${host}`], [[`CREATE USER \`${user}\`@\`${host}\`${identified}`]]);
}
