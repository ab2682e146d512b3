import {SqlError} from '../../errors.ts';
import {type Cursor, inParentheses} from '../../sql/cursor.ts';
import type {Session} from '../session.ts';
import {hashPassword} from '../users.ts';

/** Whom an account is for: `host` is a pattern, % for any. */
export interface Name {
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
export function identification(session: Session, cursor: Cursor): string | undefined {
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
