import {needsPrivilege} from '../errors.ts';
import {type Cursor, listOf} from '../sql/cursor.ts';
import {translateExpression} from '../sql/translation.ts';
import type {Value} from '../sql/values.ts';
import {setPassword} from './accounts/change-users.ts';
import {select, translationFor} from './query.ts';
import {type Done, done} from './result.ts';
import {currentAccount, type Session} from './session.ts';
import {commit} from './transactions.ts';
import {may} from './users.ts';
import {unknownVariable} from './variables.ts';

/** SET, in all its forms. @throws SqlError */
export async function set(session: Session, cursor: Cursor): Promise<Done> {
  if (cursor.accept('password')) return setPassword(session, cursor);
  if (cursor.accept('names') || cursor.accept('character', 'set') || cursor.accept('charset'))
    return ignore(cursor);
  if (cursor.at('role') || cursor.accept('default', 'role')) return ignore(cursor);
  const transaction = ['session', 'global', 'local'].some(word => cursor.at(word, 'transaction'));
  if (transaction || cursor.at('transaction')) return setIsolation(session, cursor);
  const assignments = listOf(cursor, () => assignment(session, cursor));
  cursor.end();
  for (const assign of assignments) assign();
  return done();
}

function ignore(cursor: Cursor): Done {
  while (cursor.peek().kind !== 'end') cursor.next();
  return done();
}

/** It is remembered and shown: what is read is always what is committed. */
function setIsolation(session: Session, cursor: Cursor): Done {
  if (!cursor.accept('transaction')) cursor.next();
  cursor.accept('transaction');
  if (cursor.accept('isolation', 'level')) {
    const level = cursor.name();
    const name = cursor.peek().kind === 'word' ? `${level}-${cursor.name()}` : level;
    for (const variable of ['transaction_isolation', 'tx_isolation'])
      if (session.variables.has(variable)) session.variables.set(variable, name.toUpperCase());
  } else cursor.accept('read') && cursor.name();
  cursor.end();
  return done();
}

function assignment(session: Session, cursor: Cursor): () => void {
  const target = cursor.peek();
  if (target.kind === 'variable') {
    cursor.next();
    if (!cursor.accept(':=')) cursor.expect('=');
    const value = evaluate(session, cursor);
    return () =>
      void session.userVariables.set(target.text.slice(1).replace(/[`'"]/g, '').toLowerCase(), value);
  }
  const {name, global} = systemTarget(cursor);
  if (!session.server.variables.has(name)) throw unknownVariable(name);
  if (!cursor.accept(':=')) cursor.expect('=');
  const value = variableText(session, cursor, name);
  return () => assign(session, name, value, global);
}

function systemTarget(cursor: Cursor): {name: string; global: boolean} {
  const token = cursor.peek();
  if (token.kind === 'system') {
    const [, scope = '', name = ''] = /^@@(?:(\w+)\.)?(\w+)$/.exec(cursor.next().text.toLowerCase()) ?? [];
    return {name, global: scope === 'global'};
  }
  const global = cursor.accept('global') || cursor.accept('persist');
  cursor.accept('session') || cursor.accept('local');
  return {name: cursor.name().toLowerCase(), global};
}

/** The value of an assignment as variables hold it: ON and OFF for switches. */
function variableText(session: Session, cursor: Cursor, name: string): string {
  const before = session.server.variables.get(name) ?? '';
  if (cursor.accept('default')) return before;
  const word = cursor.peek();
  const following = cursor.peek(1);
  const bare = word.kind === 'word' && /^(on|off|[a-z]\w*)$/i.test(word.text) && following.text !== '(';
  const value =
    bare && !/^(true|false|null)$/i.test(word.text) ? cursor.next().text : evaluate(session, cursor);
  const text = value === null ? '' : String(value);
  if (before !== 'ON' && before !== 'OFF') return text;
  return /^(1|on|true)$/i.test(text) ? 'ON' : 'OFF';
}

function assign(session: Session, name: string, value: string, global: boolean) {
  if (global) {
    if (!may(currentAccount(session), 'SUPER')) throw needsPrivilege(globalPrivilege(session));
    session.server.variables.set(name, value);
    return;
  }
  if (name === 'autocommit' && value === 'ON') commit(session);
  session.variables.set(name, value);
  if (name === 'foreign_key_checks') session.connection.exec(`PRAGMA foreign_keys = ${value}`);
}

const globalPrivilege = ({server}: Session) =>
  server.flavour.name === 'mariadb' ? 'SUPER' : 'SUPER or SYSTEM_VARIABLES_ADMIN';

function evaluate(session: Session, cursor: Cursor): Value {
  const translation = translationFor(session, cursor, []);
  const {sql} = translateExpression(translation);
  return select(session, translation, `SELECT ${sql}`).rows[0]?.[0] ?? null;
}
