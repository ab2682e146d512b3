import {accessDenied, noDatabase, noSuchGrant, noSuchUser, SqlError} from '../../errors.ts';
import {type Cursor, inParentheses, listOf} from '../../sql/cursor.ts';
import {type Done, done} from '../result.ts';
import {currentAccount, type Session} from '../session.ts';
import {define} from '../transactions.ts';
import {type Account, type Grant, likeMatches, loginDenied, privilegeNames, usage} from '../users.ts';
import {accountName, identification} from './names.ts';

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
      if (!account && hash === undefined) throw noSuchUser();
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
  if (session.database === undefined) throw noDatabase();
  return {database: session.database, table: first};
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
      ? loginDenied(session.user, session.host, true)
      : accessDenied(account.user, account.host, database);
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
