import {noSuchGrant} from '../../errors.ts';
import type {Cursor} from '../../sql/cursor.ts';
import {type Result, rowsOf} from '../result.ts';
import type {Session} from '../session.ts';
import {type Account, privilegeNames, usage} from '../users.ts';
import {accountName} from './names.ts';

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
