import {needsPrivilege, noSuchUser, SqlError} from '../../errors.ts';
import {type Cursor, inParentheses, listOf} from '../../sql/cursor.ts';
import {type Done, done} from '../result.ts';
import {currentAccount, note, type Session} from '../session.ts';
import {define} from '../transactions.ts';
import {hashPassword, may, usage} from '../users.ts';
import {accountName, identification, type Name} from './names.ts';

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
          grants: [usage],
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
  if (!account) throw noSuchUser();
  const isHash = !hashed && flavour.name === 'mariadb' && /^\*[0-9A-F]{40}$/i.test(text);
  if (!hashed && flavour.name === 'mariadb' && !isHash)
    throw new SqlError(1372, 'HY000', 'Password hash should be a 41-digit hexadecimal number');
  const hash = isHash ? text.slice(1).toLowerCase() : hashPassword(text, flavour);
  await define(session, () => session.users.save({...account, hash}));
  return done();
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
