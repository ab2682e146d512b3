import {randomBytes} from 'node:crypto';
import {PassThrough} from 'node:stream';
import type {ProcessContext, Program} from '../../program.ts';
import {openSession} from '../engine/open-session.ts';
import type {Session} from '../engine/session.ts';
import {SqlError} from '../errors.ts';
import type {Flavour} from '../flavour.ts';
import {splitScript} from '../sql/script.ts';
import {backquoted} from '../sql/values.ts';
import {type DataDirectory, dataDirectory} from './data-directory.ts';
import {startServer} from './database-server.ts';
import {realDirectory, withFiles} from './files-of-process.ts';
import {entrypointLog, mysqlLog} from './log.ts';
import {mysqlMessages} from './mysql-messages.ts';
import {pause} from './pause.ts';
import {initialiseDirectory, rootAccount} from './running-server.ts';

/**
 * The official images' docker-entrypoint.sh: on a data directory without a server's files it makes them, starts a
 * server without network to create what the environment asks for, and stops it; then it becomes the server.
 */
export const entrypoint = (flavour: Flavour): Program =>
  withFiles(async context => {
    const [, first = flavour.server, ...rest] = context.argv;
    const command = first.startsWith('-') ? [flavour.server, first, ...rest] : [first, ...rest];
    if (command[0] !== 'mariadbd' && command[0] !== 'mysqld') return context.become(command, {});
    const log = entrypointLog(context.stderr, context.clock);
    const {product} = flavour;
    log('Note', `Entrypoint script for ${product} Server started.`);
    const directory = dataDirectory(await realDirectory(context.container, '/var/lib/mysql'), flavour);
    if (!(await directory.isInitialised())) {
      const code = await initialise(context, flavour, directory, log);
      if (code !== 0) return code;
      log('Note', `${product} init process done. Ready for start up.`);
    }
    return context.become(
      [
        flavour.server,
        '--user=mysql',
        '--datadir=/var/lib/mysql',
        `--socket=${flavour.socket}`,
        '--bind-address=0.0.0.0',
        ...command.slice(1),
      ],
      {},
    );
  });

type Log = ReturnType<typeof entrypointLog>;

/** What the environment asks for. */
interface Wishes {
  rootPassword: string;
  database: string;
  user: string;
  password: string;
}

/** How long making the files takes, in simulated milliseconds. */
const initialisationTime = 1000;

async function initialise(
  context: ProcessContext,
  flavour: Flavour,
  directory: DataDirectory,
  log: Log,
): Promise<number> {
  const wishes = await readWishes(context, flavour, log);
  if (!wishes) return 1;
  log('Note', 'Initializing database files');
  const mysql = mysqlMessages(mysqlLog(context.stderr, context.clock), flavour);
  if (flavour.name === 'mysql') {
    mysql.initializing(20);
    if (!(await directory.isEmpty())) {
      mysql.directoryNotEmpty('/var/lib/mysql/');
      return 1;
    }
  }
  await initialiseDirectory(directory, flavour, context.container.hostname);
  if (!(await pause(context, initialisationTime))) return 137;
  if (flavour.name === 'mysql') mysql.initialized();
  log('Note', 'Starting temporary server');
  const argv = [flavour.server, `--socket=${flavour.socket}`, '--skip-networking'];
  const started = await startServer({...context, argv}, flavour, 72);
  if (typeof started === 'number') return started;
  const session = openSession(started.server.state, rootAccount('localhost'), 'root', 'localhost');
  for (const statement of statementsFor(wishes, flavour)) await session.execute(statement);
  const failed = await runScripts(context, session, flavour, wishes, log);
  log('Note', 'Stopping temporary server');
  const code = await started.stop();
  return failed ? 1 : code;
}

async function readWishes(context: ProcessContext, flavour: Flavour, log: Log): Promise<Wishes | undefined> {
  const value = (name: string) => environment(context, flavour, name);
  let rootPassword = await value('ROOT_PASSWORD');
  const random = await value('RANDOM_ROOT_PASSWORD');
  const given = [
    rootPassword,
    random,
    await value('ALLOW_EMPTY_ROOT_PASSWORD'),
    await value('ALLOW_EMPTY_PASSWORD'),
  ];
  if (given.every(one => one === '')) {
    log('ERROR', `Database is uninitialized and password option is not specified\n${options[flavour.name]}`);
    return undefined;
  }
  if (random !== '') {
    rootPassword = randomBytes(24).toString('base64');
    log('Note', `GENERATED ROOT PASSWORD: ${rootPassword}`);
  }
  const [database, user, password] = [await value('DATABASE'), await value('USER'), await value('PASSWORD')];
  return {rootPassword, database, user, password};
}

const options = {
  mariadb:
    '\tYou need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, ' +
    'MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD',
  mysql:
    '    You need to specify one of the following as an environment variable:\n' +
    '    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD',
} as const;

/** MARIADB_NAME, MYSQL_NAME, or the content of the file that either with _FILE names; empty for none. */
async function environment(
  {env, container}: ProcessContext,
  flavour: Flavour,
  name: string,
): Promise<string> {
  for (const prefix of flavour.name === 'mariadb' ? ['MARIADB_', 'MYSQL_'] : ['MYSQL_']) {
    const value = env[`${prefix}${name}`];
    if (value) return value;
    const file = env[`${prefix}${name}_FILE`];
    if (file) return (await container.files.readFile(file)).replace(/\n+$/, '');
  }
  return '';
}

function statementsFor({rootPassword, database, user, password}: Wishes, flavour: Flavour): string[] {
  const text = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
  const identified = (value: string) => (value === '' ? '' : ` IDENTIFIED BY ${text(value)}`);
  return [
    ...(database === '' ? [] : [`CREATE DATABASE IF NOT EXISTS ${backquoted(database)}`]),
    ...(user === '' ? [] : [`CREATE USER ${text(user)}@'%'${identified(password)}`]),
    ...(user === '' || database === ''
      ? []
      : [`GRANT ALL ON ${backquoted(database.replaceAll('_', '\\_'))}.* TO ${text(user)}@'%'`]),
    `CREATE USER 'root'@'%'${identified(rootPassword)}`,
    "GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION",
    ...(rootPassword === '' ? [] : [`ALTER USER 'root'@'localhost'${identified(rootPassword)}`]),
    ...(flavour.name === 'mysql' ? ['FLUSH PRIVILEGES'] : []),
  ];
}

const scripts = '/docker-entrypoint-initdb.d';

/** Runs what is in /docker-entrypoint-initdb.d, in the order of the names. @returns whether one of them failed */
async function runScripts(
  context: ProcessContext,
  session: Session,
  flavour: Flavour,
  wishes: Wishes,
  log: Log,
): Promise<boolean> {
  const {files} = context.container;
  const names = (await files.exists(scripts)) ? await files.readdir(scripts) : [];
  for (const name of names.filter(one => !one.startsWith('..')).toSorted()) {
    const path = `${scripts}/${name}`;
    if (name.endsWith('.sql')) {
      log('Note', `/usr/local/bin/docker-entrypoint.sh: running ${path}`);
      if (!(await runSql(context, session, flavour, await files.readFile(path), wishes.database)))
        return true;
    } else if (name.endsWith('.sh')) {
      log('Note', `/usr/local/bin/docker-entrypoint.sh: running ${path}`);
      if ((await runShell(context, path)) !== 0) return true;
    } else log('Note', `/usr/local/bin/docker-entrypoint.sh: ignoring ${path}`);
  }
  return false;
}

async function runSql(
  context: ProcessContext,
  session: Session,
  flavour: Flavour,
  script: string,
  database: string,
): Promise<boolean> {
  if (database !== '') await session.use(database);
  for (const {sql, line} of splitScript(script, flavour)) {
    try {
      await session.execute(sql);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      context.stderr.write(`ERROR ${error.number} (${error.state}) at line ${line}: ${error.message}\n`);
      return false;
    }
  }
  return true;
}

async function runShell(context: ProcessContext, path: string): Promise<number> {
  const stdin = new PassThrough();
  stdin.end();
  const {stdout, stderr, env, container} = context;
  return (await container.processes.spawn(['sh', path], {stdin, stdout, stderr, env}).ended).code;
}
