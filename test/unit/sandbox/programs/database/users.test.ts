import {beforeAll, describe, expect, test, vi} from 'vitest';
import {openSession} from '../../../../../src/sandbox/programs/database/engine/open-session.ts';
import type {Session} from '../../../../../src/sandbox/programs/database/engine/session.ts';
import {SqlError} from '../../../../../src/sandbox/programs/database/errors.ts';
import {mariadb, mysql} from '../../../../../src/sandbox/programs/database/flavour.ts';
import {openTestSession} from './test-session.ts';

vi.setConfig({testTimeout: 30_000, hookTimeout: 30_000});

let root: Session;
beforeAll(async () => {
  root = await openTestSession(mariadb);
  for (const sql of [
    'create database shop',
    'create table shop.t (a int)',
    'create database other',
    'create table other.t (a int)',
    "create user app@'%' identified by 'pw'",
    'grant select, insert on shop.* to app',
  ])
    await root.execute(sql);
});

const rows = async (session: Session, sql: string) => {
  const result = await session.execute(sql);
  return 'rows' in result ? result.rows.map(row => row.join(' ')) : [];
};
const failure = (session: Session, sql: string) =>
  session.execute(sql).then(
    () => 'no error',
    (error: unknown) =>
      error instanceof SqlError ? `${error.number} (${error.state}): ${error.message}` : error,
  );
function app(): Session {
  const account = root.users.find('app', '%');
  if (!account) throw new Error('no app');
  return openSession(root.server, account, 'app', '10.42.0.7');
}

test('grants are shown as they were given', async () => {
  expect(await rows(root, 'show grants for app')).toEqual([
    "GRANT USAGE ON *.* TO `app`@`%` IDENTIFIED BY PASSWORD '*D821809F681A40A6E379B50D0463EFAE20BDD122'",
    'GRANT SELECT, INSERT ON `shop`.* TO `app`@`%`',
  ]);
});

describe('a user without a privilege', () => {
  test.each([
    [
      'select * from other.t',
      "1142 (42000): SELECT command denied to user 'app'@'10.42.0.7' for table `other`.`t`",
    ],
    [
      'delete from shop.t',
      "1142 (42000): DELETE command denied to user 'app'@'10.42.0.7' for table `shop`.`t`",
    ],
    [
      'create table shop.u (a int)',
      "1142 (42000): CREATE command denied to user 'app'@'10.42.0.7' for table `shop`.`u`",
    ],
    [
      'select * from mysql.user',
      "1142 (42000): SELECT command denied to user 'app'@'10.42.0.7' for table `mysql`.`user`",
    ],
    ['use other', "1044 (42000): Access denied for user 'app'@'%' to database 'other'"],
    ['create database mine', "1044 (42000): Access denied for user 'app'@'%' to database 'mine'"],
    ['drop database shop', "1044 (42000): Access denied for user 'app'@'%' to database 'shop'"],
    [
      'create user x',
      '1227 (42000): Access denied; you need (at least one of) the CREATE USER privilege(s) for this operation',
    ],
    [
      'shutdown',
      '1227 (42000): Access denied; you need (at least one of) the SHUTDOWN privilege(s) for this operation',
    ],
    ['grant select on shop.* to app', "1044 (42000): Access denied for user 'app'@'%' to database 'shop'"],
  ])('cannot %s', async (sql, expected) => {
    expect(await failure(app(), sql)).toBe(expected);
  });

  test('sees only its databases', async () => {
    expect(await rows(app(), 'show databases')).toEqual(['information_schema', 'shop']);
  });
});

test('what is granted or revoked counts at once', async () => {
  const session = app();
  await root.execute('grant all privileges on other.* to app');
  await session.execute('insert into other.t values (1)');
  await root.execute('revoke all privileges on other.* from app');
  expect(await failure(session, 'select * from other.t')).toMatch(/^1142/);
});

test('accounts are made, changed and removed once', async () => {
  await root.execute("create user if not exists x@localhost identified by 'a'");
  expect(await failure(root, 'create user x@localhost')).toBe(
    "1396 (HY000): Operation CREATE USER failed for 'x'@'localhost'",
  );
  const before = root.users.find('x', 'localhost')?.hash;
  await root.execute("set password for x@localhost = password('b')");
  expect(root.users.find('x', 'localhost')?.hash).not.toBe(before);
  await root.execute("alter user x@localhost identified by 'a' account lock");
  expect(root.users.find('x', 'localhost')).toMatchObject({hash: before, locked: true});
  await root.execute('drop user x@localhost');
  expect(await failure(root, 'drop user x@localhost')).toBe(
    "1396 (HY000): Operation DROP USER failed for 'x'@'localhost'",
  );
  expect(await failure(root, 'grant select on *.* to nobody')).toBe(
    "1133 (28000): Can't find any matching row in the user table",
  );
});

test('MySQL says it in other words', async () => {
  const session = await openTestSession(mysql);
  expect(await failure(session, 'grant select on *.* to nobody')).toBe(
    '1410 (42000): You are not allowed to create a user with GRANT',
  );
  expect(await failure(session, 'drop user nobody')).toBe(
    "1396 (HY000): Operation DROP USER failed for 'nobody'@'%' (User account does not exist)",
  );
});
