import {randomBytes} from 'node:crypto';
import type {ProcessContext} from '../../program.ts';
import type {Flavour} from '../flavour.ts';
import {backquoted} from '../sql/values.ts';
import type {EntrypointLog} from './log.ts';

/** What the environment asks for. */
export interface Wishes {
  rootPassword: string;
  database: string;
  user: string;
  password: string;
}

/** Reads them from the environment. @returns undefined when no password is said, after telling that one has to be */
export async function readWishes(
  context: ProcessContext,
  flavour: Flavour,
  log: EntrypointLog,
): Promise<Wishes | undefined> {
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

/** The statements that fulfil them, for root on a server that is new. */
export function statementsFor({rootPassword, database, user, password}: Wishes, flavour: Flavour): string[] {
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
