import {mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, test, vi} from 'vitest';
import {mysqlImage} from '../../../../../src/sandbox/programs/database/mysql-image.ts';
import {databaseContainer, sql, startedServer, type TestContainer} from './machine.ts';

vi.setConfig({testTimeout: 30_000});

async function server(env: Record<string, string> = {}): Promise<TestContainer> {
  const on = await databaseContainer();
  await startedServer(on, {MARIADB_DATABASE: 'shop', ...env});
  await sql(
    on,
    "use shop; create table t (id int primary key, name varchar(9)); insert into t values (1,'a\\tb'),(2,null)",
  );
  return on;
}
const box = `+----+------+
| id | name |
+----+------+
|  2 | NULL |
+----+------+
`;

describe('the client prints', () => {
  test('values with tabs between them in a script, boxes and lists on demand', async () => {
    const on = await server();
    expect(await sql(on, 'select * from t', 'shop')).toBe('id\tname\n1\ta\\tb\n2\tNULL\n');
    expect(await sql(on, 'select * from t', '-N', '-r', 'shop')).toBe('1\ta\tb\n2\tNULL\n');
    expect(await sql(on, 'select * from t where id=2', '-t', 'shop')).toBe(box);
    expect(await sql(on, 'select * from t where id=2\\G', 'shop')).toBe(
      '*************************** 1. row ***************************\n  id: 2\nname: NULL\n',
    );
  });

  test('the error, its line and its statement, and ends there unless it is forced', async () => {
    const on = await server();
    const script = 'select 1;\nselec 2;\nselect 3;';
    const {code, stdout, stderr} = await on.run(['mariadb', '-psecret', '-N'], {stdin: script});
    expect([code, stdout]).toEqual([1, '1\n']);
    expect(stderr).toMatch(/^-{14}\nselec 2\n-{14}\n\nERROR 1064 \(42000\) at line 2: /);
    expect(await sql(on, script, '-N', '--force')).toMatch(/^1\n3\n/);
  });
});

describe('the client cannot connect', () => {
  test.each([
    [['-pwrong'], "ERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)\n"],
    [
      ['-u', 'root', '-u', 'p', 'qwerty'],
      "ERROR 1045 (28000): Access denied for user 'p'@'localhost' (using password: NO)\n",
    ],
    [['-psecret', 'nope'], "ERROR 1049 (42000): Unknown database 'nope'\n"],
    [['-psecret', '-h', 'nohost'], "ERROR 2005 (HY000): Unknown server host 'nohost' (-2)\n"],
    [
      ['-psecret', '-h127.0.0.1', '-P', '3307'],
      "ERROR 2002 (HY000): Can't connect to server on '127.0.0.1' (115)\n",
    ],
    [
      ['-S', '/tmp/nosock'],
      "ERROR 2002 (HY000): Can't connect to local server through socket '/tmp/nosock' (2)\n",
    ],
  ])('with %j', async (options, expected) => {
    const on = await server();
    const {code, stderr} = await on.run(['mariadb', ...options, '-e', 'select 1']);
    expect([code, stderr]).toEqual([1, expected]);
  });

  test('with an option that it does not know', async () => {
    const on = await databaseContainer();
    expect(await on.run(['mariadb', '--nope'])).toMatchObject({
      code: 2,
      stderr: "mariadb: unknown option '--nope'\n",
    });
  });

  test('before the server is there, nor after it crashed', async () => {
    const on = await databaseContainer();
    const socket = '/run/mysqld/mysqld.sock';
    const refused = (errno: number) =>
      `ERROR 2002 (HY000): Can't connect to local server through socket '${socket}' (${errno})\n`;
    expect(await sql(on, 'select 1')).toBe(refused(2));
    const running = await startedServer(on);
    running.signal('SIGKILL');
    await running.ended;
    expect(await sql(on, 'select 1')).toBe(refused(111));
  });

  test('after the server was told to stop: it takes its socket with it', async () => {
    const on = await databaseContainer();
    const running = await startedServer(on);
    running.signal('SIGTERM');
    await running.ended;
    expect(await sql(on, 'select 1')).toBe(
      "ERROR 2002 (HY000): Can't connect to local server through socket '/run/mysqld/mysqld.sock' (2)\n",
    );
  });
});

describe('over a socket in a volume that two containers mount', () => {
  test('the client of one asks the server of the other', async () => {
    const volume = await mkdtemp(join(tmpdir(), 'statelab-socket-'));
    const [one, other] = [await databaseContainer({volume}), await databaseContainer({volume})];
    const socket = '/var/lib/mysql/db.sock';
    const server = one.start(['docker-entrypoint.sh', `--socket=${socket}`, '--skip-networking'], {
      env: {MARIADB_ROOT_PASSWORD: 'secret'},
    });
    await server.says(`socket: '${socket}'  port: 0`);
    await vi.waitFor(async () => expect(await sql(other, 'select 6 * 7', '-N', '-S', socket)).toBe('42\n'));
    expect((await other.run(['ls', '-l', socket])).stdout).toMatch(/^srwxrwxrwx 1 root root 0 .*db\.sock\n$/);
    await writeFile(join(volume, 'plain'), '');
    expect((await other.run(['ls', '-l', '/var/lib/mysql/plain'])).stdout).toMatch(/^-rw/);
  });
});

test('over the network somebody is who the address says', async () => {
  const on = await server();
  expect(await sql(on, 'select user(), current_user()', '-N', '-hdb')).toBe('root@10.42.0.7\troot@%\n');
  expect(await sql(on, 'select user()', '-N', '-h127.0.0.1')).toBe('root@localhost\n');
});

describe('at a terminal', () => {
  test('the client greets, prompts, goes on over lines and says goodbye', async () => {
    const on = await server();
    const client = on.start(['mariadb', '-p'], {tty: true});
    await client.says('Enter password: ');
    client.stdin.write('secret\r');
    await client.says('MariaDB [(none)]> ');
    expect(client.said()).toContain('Welcome to the MariaDB monitor.  Commands end with ; or \\g.\n');
    expect(client.said()).not.toContain('secret');
    client.stdin.write('use shop\r');
    await client.says('Database changed');
    client.stdin.write('select * from t\r');
    await client.says('    -> ');
    client.stdin.write('where id = 2;\r');
    await client.says('1 row in set (0.000 sec)');
    expect(client.said().replaceAll('\r', '')).toContain(box);
    client.stdin.write('update t set name = 1;\r');
    await client.says('Rows matched: 2  Changed: 2  Warnings: 0');
    client.stdin.write("selec 'a\r");
    await client.says("'> ");
    // At the line's beginning, whatever the prompt before it.
    expect(client.said()).toContain("\u001b[0J    '> ");
    client.stdin.write("';\r");
    await client.says('ERROR 1064 (42000): You have an error');
    client.stdin.write('quit\r');
    expect(await client.ended).toEqual({code: 0});
    expect(client.said()).toMatch(/Bye\n$/);
  });
});

describe('mariadb-admin', () => {
  test('pings also a server that refuses it, and tells when there is none', async () => {
    const on = await databaseContainer();
    expect(await on.run(['mariadb-admin', 'ping'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("connect to server at 'localhost' failed"),
    });
    await startedServer(on);
    expect(await on.run(['mariadb-admin', '-psecret', 'ping'])).toMatchObject({
      code: 0,
      stdout: 'mysqld is alive\n',
    });
    expect(await on.run(['mariadb-admin', 'ping'])).toMatchObject({
      code: 0,
      stdout: '',
      stderr:
        "mariadb-admin: connect to server at 'localhost' failed\nerror: 'Access denied for user 'root'@'localhost' (using password: NO)'\n",
    });
    expect(await on.run(['mariadb-admin', '-hnobody', 'ping'])).toMatchObject({
      code: 1,
      stderr:
        "mariadb-admin: connect to server at 'nobody' failed\nerror: 'Unknown server host 'nobody' (-2)'\nCheck that mariadbd is running on nobody and that the port is 3306.\nYou can check this by doing 'telnet nobody 3306'\n",
    });
    expect((await on.run(['mariadb-admin', '-psecret', 'status'])).stdout).toMatch(
      /^Uptime: \d+ {2}Threads: 1 /,
    );
    expect(await on.run(['mariadb-admin', 'status'])).toMatchObject({
      code: 1,
      stderr:
        "mariadb-admin: connect to server at 'localhost' failed\nerror: 'Access denied for user 'root'@'localhost' (using password: NO)'\n",
    });
  });

  test('shuts the server down', async () => {
    const on = await databaseContainer();
    const running = await startedServer(on);
    await on.run(['mariadb-admin', '-psecret', 'shutdown']);
    expect((await running.ended).code).toBe(0);
  });
});

test('a dump restores what was dumped', async () => {
  const on = await server();
  await sql(
    on,
    "create view shop.v as select id from shop.t; create table shop.u (id int auto_increment primary key, d decimal(6,2), b blob, t_id int, foreign key (t_id) references shop.t (id)); insert into shop.u values (5, 1.5, 'a\\'\\n\\\\', 1)",
  );
  const dumped = await on.run(['mariadb-dump', '-psecret', 'shop']);
  expect(dumped.code).toBe(0);
  await sql(on, 'create database copy');
  expect(await sql(on, dumped.stdout, 'copy')).toBe('');
  for (const query of ['select * from t', 'select * from u', 'select * from v', 'show create table u'])
    expect(await sql(on, query, 'copy')).toBe(await sql(on, query, 'shop'));
});

test('MySQL has the programs under its own names', async () => {
  const on = await databaseContainer({image: mysqlImage});
  await startedServer(on);
  expect(await on.run(['mysql', '-psecret', '-N', '-e', 'select 1'])).toMatchObject({
    code: 0,
    stdout: '1\n',
    stderr: 'mysql: [Warning] Using a password on the command line interface can be insecure.\n',
  });
  expect(mysqlImage.program('mariadb')).toBeUndefined();
  expect((await databaseContainer()).container.processes.programNames).not.toContain('mysql');
});
