import {mkdir, readdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {execa} from 'execa';
import {describe, expect, test, vi} from 'vitest';
import {mysqlImage} from '../../../../../src/sandbox/programs/database/mysql-image.ts';
import {temporaryDirectory} from '../../temporary-directory.ts';
import {databaseContainer, sql, startedServer} from './machine.ts';

vi.setConfig({testTimeout: 30_000}); // real files, on whatever disk there is

const runtimeFiles = ['ddl_recovery.log', 'ibtmp1', 'tc.log'];

describe('the entrypoint', () => {
  test('makes a server in an empty directory, by way of a temporary one without network', async () => {
    const volume = temporaryDirectory();
    const server = await startedServer(await databaseContainer({volume}));
    const notes = server.said().match(/Entrypoint\]: .*|ready for connections|port: \d+/g);
    expect(notes).toEqual([
      'Entrypoint]: Entrypoint script for MariaDB Server started.',
      'Entrypoint]: Initializing database files',
      'Entrypoint]: Starting temporary server',
      'ready for connections',
      'port: 0',
      'Entrypoint]: Stopping temporary server',
      'Entrypoint]: MariaDB init process done. Ready for start up.',
      'ready for connections',
      'port: 3306',
    ]);
    expect(await readdir(volume)).toEqual(
      expect.arrayContaining([
        'aria_log_control',
        'ib_logfile0',
        'ibdata1',
        'mysql',
        'undo001',
        ...runtimeFiles,
      ]),
    );
  });

  test('asks for a password option, and makes nothing without one', async () => {
    const volume = temporaryDirectory();
    const {code, stderr} = await (await databaseContainer({volume})).run([
      'docker-entrypoint.sh',
      'mariadbd',
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified',
    );
    expect(await readdir(volume)).toEqual([]);
  });

  test('obeys the environment on an empty directory only', async () => {
    const volume = temporaryDirectory();
    const first = await databaseContainer({volume});
    const server = await startedServer(first, {
      MARIADB_DATABASE: 'shop',
      MARIADB_USER: 'app',
      MARIADB_PASSWORD: 'pw',
    });
    expect(await sql(first, 'show databases', '-N', '-uapp', '-ppw')).toBe('information_schema\nshop\n');
    server.signal('SIGTERM');
    await server.ended;

    const second = await databaseContainer({volume});
    await startedServer(second, {MARIADB_ROOT_PASSWORD: 'other', MARIADB_DATABASE: 'late'});
    expect(await sql(second, 'select 1', '-pother')).toContain('ERROR 1045 (28000)');
    expect(await sql(second, 'show databases like "late"')).toBe('');
  });

  test('reads a value from the file that a variable names', async () => {
    const on = await databaseContainer({
      volume: temporaryDirectory(),
      files: {'/run/secrets/root': 'from-file\n'},
    });
    await startedServer(on, {MARIADB_ROOT_PASSWORD: '', MARIADB_ROOT_PASSWORD_FILE: '/run/secrets/root'});
    expect(await sql(on, 'select 1', '-N', '-pfrom-file')).toBe('1\n');
  });

  test('runs the scripts that are mounted for it', async () => {
    const files = {
      '/docker-entrypoint-initdb.d/1.sql': 'create table t (a int); insert into t values (7);',
      '/docker-entrypoint-initdb.d/2.sh': 'echo from the shell',
    };
    const on = await databaseContainer({volume: temporaryDirectory(), files});
    const server = await startedServer(on, {MARIADB_DATABASE: 'shop'});
    expect(await sql(on, 'select a from shop.t', '-N')).toBe('7\n');
    expect(server.said()).toContain('from the shell');
  });

  test('MariaDB does not mind other files in the directory, and takes a directory for a database', async () => {
    const volume = temporaryDirectory();
    await mkdir(join(volume, 'lost+found'));
    await writeFile(join(volume, 'index.html'), 'hi');
    const on = await databaseContainer({volume});
    await startedServer(on);
    expect(await sql(on, 'show databases', '-N')).toMatch(/^#mysql50#lost\+found\n/);
  });

  test('MySQL refuses a directory that is not empty', async () => {
    const volume = temporaryDirectory();
    await writeFile(join(volume, 'index.html'), 'hi');
    const on = await databaseContainer({volume, image: mysqlImage});
    const {code, stderr} = await on.run(['docker-entrypoint.sh'], {env: {MYSQL_ROOT_PASSWORD: 'x'}});
    expect(code).toBe(1);
    expect(stderr).toContain(
      '[ERROR] [MY-010457] [Server] --initialize specified but the data directory has files in it. Aborting.\n',
    );
  });

  test('works without a volume, too', async () => {
    const on = await databaseContainer();
    await startedServer(on);
    expect(await sql(on, 'select 1', '-N')).toBe('1\n');
  });
});

describe('a shutdown', () => {
  test('follows SIGTERM: exit code 0, and nothing is left that only a running server has', async () => {
    const volume = temporaryDirectory();
    const server = await startedServer(await databaseContainer({volume}));
    server.signal('SIGTERM');
    expect(await server.ended).toEqual({code: 0});
    expect(server.said()).toMatch(
      /\(initiated by: unknown\): Normal shutdown\n[\s\S]*mariadbd: Shutdown complete\n$/,
    );
    expect((await readdir(volume)).filter(name => runtimeFiles.includes(name))).toEqual([]);
  });

  test('follows the SHUTDOWN statement', async () => {
    const on = await databaseContainer({volume: temporaryDirectory()});
    const server = await startedServer(on);
    await sql(on, 'shutdown');
    expect(await server.ended).toEqual({code: 0});
  });

  test('ends MySQL in its own words', async () => {
    const server = await startedServer(
      await databaseContainer({volume: temporaryDirectory(), image: mysqlImage}),
    );
    server.signal('SIGTERM');
    expect(await server.ended).toEqual({code: 0});
    expect(server.said()).toMatch(
      /\[MY-013172\] \[Server\] Received SHUTDOWN from user <via user signal>[\s\S]*\[MY-015016\]/,
    );
  });
});

describe('a crash', () => {
  test('loses nothing that was committed, and nothing else is found again', async () => {
    const volume = temporaryDirectory();
    const first = await databaseContainer({volume});
    const server = await startedServer(first);
    await sql(
      first,
      'create database d; create table d.t (a int); insert into d.t values (1); begin; insert into d.t values (2)',
    );
    server.signal('SIGKILL');
    expect(await server.ended).toEqual({code: 137, signal: 'SIGKILL'});
    expect(await readdir(volume)).toEqual(expect.arrayContaining(runtimeFiles));

    const second = await databaseContainer({volume});
    const again = await startedServer(second);
    expect(again.said()).toMatch(/InnoDB: Starting crash recovery from checkpoint LSN=\d+\n/);
    expect(again.said()).toContain('Recovering after a crash using tc.log');
    expect(await sql(second, 'select * from d.t', '-N')).toBe('1\n');
  });
});

describe('a second server on the same directory', () => {
  test('MariaDB asks again for 30 seconds, then ends with 1; the first one is not harmed', async () => {
    const volume = temporaryDirectory();
    const first = await databaseContainer({volume});
    await startedServer(first);
    const second = await databaseContainer({volume});
    const doomed = second.start(['docker-entrypoint.sh']);
    await doomed.says(
      "[ERROR] mariadbd: Can't lock aria control file '/var/lib/mysql/aria_log_control' for exclusive use, error: 11. Will retry for 30 seconds",
    );
    const before = second.clock.now();
    doomed.signal('SIGTERM'); // not heard while it waits
    await doomed.says('[ERROR] Aborting');
    expect(await doomed.ended).toEqual({code: 1});
    expect(second.clock.since(before)).toBeGreaterThanOrEqual(29_000);
    expect(second.clock.since(before)).toBeLessThan(32_000);
    expect(doomed.said()).toContain('[ERROR] InnoDB: Unable to lock ./ibdata1 error: 11\n');
    expect(await sql(first, 'select 1', '-N')).toBe('1\n');
  });

  test('gets the directory as soon as the first one is killed', async () => {
    const volume = temporaryDirectory();
    const holder = await startedServer(await databaseContainer({volume}));
    const waiting = (await databaseContainer({volume})).start(['docker-entrypoint.sh']);
    await waiting.says('Will retry');
    holder.signal('SIGKILL');
    await waiting.says('port: 3306');
  });

  test('is killed at once while it waits', async () => {
    const volume = temporaryDirectory();
    await startedServer(await databaseContainer({volume}));
    const waiting = (await databaseContainer({volume})).start(['docker-entrypoint.sh']);
    await waiting.says('Will retry');
    waiting.signal('SIGKILL');
    expect((await waiting.ended).code).toBe(137);
  });

  test('MySQL says it once a second for 100 seconds', async () => {
    const volume = temporaryDirectory();
    await startedServer(await databaseContainer({volume, image: mysqlImage}));
    const second = await databaseContainer({volume, image: mysqlImage});
    const doomed = second.start(['docker-entrypoint.sh']);
    await doomed.says('[MY-012574]');
    await second.clock.advance(100_000);
    await doomed.says('[MY-010119] [Server] Aborting');
    expect((await doomed.ended).code).toBe(1);
    expect(
      doomed.said().match(/\[MY-012574\] \[InnoDB\] Unable to lock \.\/ibdata1 error: 11/g),
    ).toHaveLength(101);
  });

  test('may use a copy', async () => {
    const volume = temporaryDirectory();
    const first = await databaseContainer({volume});
    await startedServer(first);
    await sql(first, 'create database d; create table d.t (a int); insert into d.t values (1)');
    const copy = temporaryDirectory();
    await execa('cp', ['-a', `${volume}/.`, copy]); // keeps sparse files sparse
    const second = await databaseContainer({volume: copy});
    await startedServer(second);
    await sql(second, 'insert into d.t values (2)');
    expect(await sql(second, 'select * from d.t', '-N')).toBe('1\n2\n');
    expect(await sql(first, 'select * from d.t', '-N')).toBe('1\n');
  });
});

describe('a file that somebody removed', () => {
  async function stoppedWithData(volume: string) {
    const on = await databaseContainer({volume});
    const server = await startedServer(on);
    await sql(
      on,
      'create database d; create table d.kept (a int); create table d.lost (a int); create database e',
    );
    server.signal('SIGTERM');
    await server.ended;
  }

  test.each([
    ['ibdata1', "The first data file './ibdata1' did not exist."],
    ['ib_logfile0', 'InnoDB: File ./ib_logfile0 was not found'],
  ])('is missed: %s', async (file, message) => {
    const volume = temporaryDirectory();
    await stoppedWithData(volume);
    await rm(join(volume, file));
    const server = (await databaseContainer({volume})).start(['docker-entrypoint.sh']);
    expect((await server.ended).code).toBe(1);
    expect(server.said()).toContain(message);
  });

  test('takes its table or database with it', async () => {
    const volume = temporaryDirectory();
    await stoppedWithData(volume);
    await rm(join(volume, 'd/lost.frm'));
    await rm(join(volume, 'e'), {recursive: true});
    const on = await databaseContainer({volume});
    await startedServer(on);
    expect(await sql(on, 'show tables from d', '-N')).toBe('kept\n');
    expect(await sql(on, 'use e')).toContain("ERROR 1049 (42000) at line 1: Unknown database 'e'");
  });
});

describe('the configuration', () => {
  test('comes from mounted files and arguments', async () => {
    const files = {'/etc/mysql/conf.d/my.cnf': '[client]\nport=1\n[mysqld]\nmax_connections = 42 # few\n'};
    const on = await databaseContainer({volume: temporaryDirectory(), files});
    const server = on.start(['docker-entrypoint.sh', '--port=3307'], {
      env: {MARIADB_ROOT_PASSWORD: 'secret'},
    });
    await server.says('port: 3307');
    expect(await sql(on, 'select @@port, @@max_connections', '-N')).toBe('3307\t42\n');
    expect(() => on.dial(3306)).toThrow('refused');
  });

  test('with an unknown option ends the server', async () => {
    const on = await databaseContainer({volume: temporaryDirectory()});
    const server = on.start(['docker-entrypoint.sh', '--no-such-option'], {
      env: {MARIADB_ROOT_PASSWORD: 'x'},
    });
    await server.says("[ERROR] mariadbd: unknown option '--no-such-option'\n");
    expect((await server.ended).code).toBe(1);
  });
});
