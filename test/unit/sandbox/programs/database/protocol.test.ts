import {randomBytes} from 'node:crypto';
import type {Duplex} from 'node:stream';
import {setTimeout} from 'node:timers/promises';
import {type Connection, type ConnectionOptions, createConnection} from 'mysql2/promise';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {mariadbImage} from '../../../../../src/sandbox/programs/database/mariadb-image.ts';
import {mysqlImage} from '../../../../../src/sandbox/programs/database/mysql-image.ts';
import {temporaryDirectory} from '../../temporary-directory.ts';
import {databaseContainer, sql, startedServer, type TestContainer} from './machine.ts';

vi.setConfig({testTimeout: 30_000});

async function server(image = mariadbImage): Promise<TestContainer> {
  const on = await databaseContainer({volume: temporaryDirectory(), image});
  await startedServer(on, {MYSQL_DATABASE: 'shop'});
  return on;
}

/** A client library of others. */
async function connected(on: TestContainer, options: ConnectionOptions = {}): Promise<Connection> {
  const connection = await createConnection({
    stream: on.dial(),
    user: 'root',
    password: 'secret',
    ...options,
  });
  onTestFinished(() => connection.destroy());
  return connection;
}

describe.each([
  ['MariaDB', mariadbImage],
  ['MySQL', mysqlImage],
])('%s and mysql2', (_, image) => {
  test('queries with text and with prepared statements', async () => {
    const connection = await connected(await server(image), {database: 'shop'});
    await connection.query(
      'create table t (id int primary key auto_increment, name varchar(20), at datetime, d decimal(6,2))',
    );
    const [result] = await connection.execute('insert into t (name, at, d) values (?, ?, ?)', [
      "ä'\n",
      new Date('2024-02-03T04:05:06Z'),
      1.5,
    ]);
    expect(result).toMatchObject({affectedRows: 1, insertId: 1});
    const expected = [{id: 1, name: "ä'\n", at: new Date('2024-02-03T04:05:06'), d: '1.50'}];
    expect((await connection.query('select * from t'))[0]).toEqual(expected);
    expect((await connection.execute('select * from t where id = ? and name is not null', [1]))[0]).toEqual(
      expected,
    );
  });

  test('refuses a wrong password, an unknown user and an unknown database', async () => {
    const on = await server(image);
    await expect(connected(on, {password: 'wrong'})).rejects.toMatchObject({
      errno: 1045,
      sqlState: '28000',
      sqlMessage: "Access denied for user 'root'@'10.42.0.9' (using password: YES)",
    });
    await expect(connected(on, {user: 'nobody', password: ''})).rejects.toMatchObject({errno: 1045});
    await expect(connected(on, {database: 'nope'})).rejects.toMatchObject({errno: 1049});
  });

  test('changes the database, answers pings and goes', async () => {
    const connection = await connected(await server(image));
    await connection.changeUser({database: 'shop'}).catch(() => {});
    await connection.query('use shop');
    expect((await connection.query('select database() d'))[0]).toEqual([{d: 'shop'}]);
    await connection.ping();
    await connection.end();
  });
});

test('transactions of two connections are apart, and the second writer waits', async () => {
  const on = await server();
  const [one, other] = [await connected(on, {database: 'shop'}), await connected(on, {database: 'shop'})];
  await one.query('create table t (a int)');
  await one.query('begin');
  await one.query('insert into t values (1)');
  expect((await other.query('select count(*) n from t'))[0]).toEqual([{n: 0}]);
  const second = other.query('insert into t values (2)');
  await one.query('commit');
  await second;
  expect((await one.query('select a from t'))[0]).toEqual([{a: 1}, {a: 2}]);
});

test('a writer that waits for too long gives up', async () => {
  const on = await server();
  const [one, other] = [await connected(on, {database: 'shop'}), await connected(on, {database: 'shop'})];
  await one.query('create table t (a int)');
  await one.query('begin');
  await one.query('insert into t values (1)');
  const second = other.query('insert into t values (2)');
  const refused = expect(second).rejects.toMatchObject({errno: 1205});
  await setTimeout(50);
  await on.clock.advance(50_000);
  await refused;
});

test('a connection that ends rolls its transaction back', async () => {
  const on = await server();
  const one = await connected(on, {database: 'shop'});
  await one.query('create table t (a int)');
  await one.query('begin');
  await one.query('insert into t values (1)');
  one.destroy();
  const other = await connected(on, {database: 'shop'});
  await other.query('insert into t values (2)');
  expect((await other.query('select a from t'))[0]).toEqual([{a: 2}]);
});

describe('a client that misbehaves', () => {
  const packet = (sequence: number, content: Buffer) => {
    const header = Buffer.alloc(4);
    header.writeUIntLE(content.length, 0, 3);
    header.writeUInt8(sequence, 3);
    return Buffer.concat([header, content]);
  };
  const hostile: [string, Buffer][] = [
    ['sends nothing sensible', randomBytes(5000)],
    ['says hello in half', packet(1, Buffer.from([0x85, 0xa6]))],
    [
      'speaks of more than it sends',
      packet(1, Buffer.concat([Buffer.from([0, 0x82, 0, 0]), Buffer.alloc(28), Buffer.from('root\0\xff')])),
    ],
    ['announces 16 MB before its login', Buffer.from([0xff, 0xff, 0xff, 1, 1, 2, 3])],
    ['speaks the old protocol', packet(1, Buffer.alloc(40))],
    ['sends an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: db\r\n\r\n')],
  ];
  test.each(hostile)('%s: it is shut out, the server goes on', async (_, bytes) => {
    const on = await server();
    const socket = on.dial();
    const gone = closed(socket);
    socket.on('error', () => {}).resume();
    socket.end(bytes);
    await gone;
    expect(await sql(on, 'select 1', '-N')).toBe('1\n');
  });

  test('sends broken commands after its login', async () => {
    const on = await server();
    const connection = await connected(on);
    const stream = (connection as unknown as {connection: {stream: Duplex}}).connection.stream;
    for (const command of [0x17, 0x19, 0x0c, 0x04, 0x99]) stream.write(packet(0, Buffer.from([command])));
    await setTimeout(100);
    expect(await sql(on, 'select 1', '-N')).toBe('1\n');
  });

  test('asks for a packet above max_allowed_packet', async () => {
    const on = await server();
    const connection = await connected(on);
    const text = 'x'.repeat(17 * 1024 * 1024);
    await expect(connection.query(`select length('${text}')`)).rejects.toThrow();
    expect(await sql(on, 'select 1', '-N')).toBe('1\n');
  });
});

const closed = (socket: Duplex) => new Promise(resolve => socket.once('close', resolve));
