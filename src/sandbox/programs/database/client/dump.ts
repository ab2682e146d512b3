import type {ProcessContext, Program} from '../../program.ts';
import {SqlError} from '../errors.ts';
import type {Flavour} from '../flavour.ts';
import type {Answer, ClientConnection} from '../protocol/client-connection.ts';
import {dateTime} from '../server/log.ts';
import {parsed} from './command-line.ts';
import {connect} from './connect.ts';
import {versionLine} from './messages.ts';
import type {ClientOptions} from './options.ts';

/** mariadb-dump and mysqldump: databases or tables as statements that make them again. */
export const dump =
  (flavour: Flavour): Program =>
  async context => {
    const {stdout, stderr} = context;
    const program = (context.argv[0] ?? '').split('/').at(-1) ?? '';
    const options = parsed(context, flavour);
    if (typeof options === 'number') return options;
    if (options.flags.has('version')) {
      stdout.write(`${versionLine(flavour, program)}\n`);
      return 0;
    }
    const all = options.flags.has('all-databases');
    if (options.operands.length === 0 && !all) {
      stderr.write(usage(program));
      return 1;
    }
    try {
      const connection = await connect(context, flavour, options);
      const code = await dumpAll({context, flavour, options, connection, program});
      connection.end();
      return code;
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      stderr.write(`${program}: Got error: ${error.number}: "${error.message}" when trying to connect\n`);
      return 2;
    }
  };

const usage = (program: string) =>
  `Usage: ${program} [OPTIONS] database [tables]
OR     ${program} [OPTIONS] --databases DB1 [DB2 DB3...]
OR     ${program} [OPTIONS] --all-databases
OR     ${program} [OPTIONS] --system=[SYSTEMOPTIONS]]
For more options, use ${program} --help
`;

interface Dump {
  context: ProcessContext;
  flavour: Flavour;
  options: ClientOptions;
  connection: ClientConnection;
  program: string;
}

async function dumpAll(dumping: Dump): Promise<number> {
  const {context, flavour, options, connection, program} = dumping;
  const {stdout, stderr, clock} = context;
  const several = options.flags.has('databases') || options.flags.has('all-databases');
  const databases = options.flags.has('all-databases')
    ? (await column(connection, 'SHOW DATABASES')).filter(
        name => !/^(information_schema|performance_schema|sys|mysql)$/.test(name),
      )
    : several
      ? options.operands
      : options.operands.slice(0, 1);
  stdout.write(head(dumping, databases[0] ?? ''));
  for (const database of databases) {
    try {
      await connection.use(database);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      stderr.write(
        `${program}: Got error: ${error.number}: "${error.message}" when selecting the database\n`,
      );
      return 2;
    }
    if (several) stdout.write(await databaseHead(connection, database));
    const missing = await dumpTables(dumping, database, several ? [] : options.operands.slice(1));
    if (missing !== undefined) {
      stderr.write(`${program}: Couldn't find table: "${missing}"\n`);
      return 6;
    }
  }
  stdout.write(foot(flavour, dateTime(clock.now())));
  return 0;
}

function head({flavour, options}: Dump, database: string): string {
  const mariadb = flavour.name === 'mariadb';
  const first = mariadb
    ? '/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19-11.8.6-MariaDB, for debian-linux-gnu (x86_64)\n'
    : '-- MySQL dump 10.13  Distrib 9.7.4, for Linux (x86_64)\n';
  return `${first}--
-- Host: ${options.host ?? 'localhost'}    Database: ${options.flags.has('all-databases') ? '' : database}
-- ------------------------------------------------------
-- Server version\t${flavour.version}

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
${mariadb ? '/*M!100616 SET @OLD_NOTE_VERBOSITY=@@NOTE_VERBOSITY, NOTE_VERBOSITY=0 */' : '/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */'};
`;
}

function foot(flavour: Flavour, now: string): string {
  const last =
    flavour.name === 'mariadb'
      ? '/*M!100616 SET NOTE_VERBOSITY=@OLD_NOTE_VERBOSITY */'
      : '/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */';
  return `/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;

/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
${last};

-- Dump completed on ${now}
`;
}

async function databaseHead(connection: ClientConnection, database: string): Promise<string> {
  const [, create = ''] = await firstRow(connection, `SHOW CREATE DATABASE ${quote(database)}`);
  const optional = create.replace('CREATE DATABASE', 'CREATE DATABASE /*!32312 IF NOT EXISTS*/');
  return `\n--\n-- Current Database: ${quote(database)}\n--\n\n${optional};\n\nUSE ${quote(database)};\n`;
}

/** @param wanted all when empty @returns one that does not exist */
async function dumpTables(
  dumping: Dump,
  database: string,
  wanted: readonly string[],
): Promise<string | undefined> {
  const {connection, context} = dumping;
  const [answer] = await connection.query(`SHOW FULL TABLES FROM ${quote(database)}`);
  const there =
    answer && 'rows' in answer ? answer.rows.map(([name, type]) => ({name: name ?? '', type})) : [];
  const missing = wanted.find(name => !there.some(table => table.name === name));
  if (missing !== undefined) return missing;
  const chosen = there.filter(({name}) => wanted.length === 0 || wanted.includes(name));
  for (const {name} of chosen.filter(({type}) => type !== 'VIEW'))
    context.stdout.write(await tableDump(dumping, name));
  for (const {name} of chosen.filter(({type}) => type === 'VIEW'))
    context.stdout.write(await viewDump(connection, name));
  return undefined;
}

async function tableDump({connection, options}: Dump, table: string): Promise<string> {
  const [, create = ''] = await firstRow(connection, `SHOW CREATE TABLE ${quote(table)}`);
  const structure = options.flags.has('no-create-info')
    ? ''
    : `
--
-- Table structure for table ${quote(table)}
--

DROP TABLE IF EXISTS ${quote(table)};
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!40101 SET character_set_client = utf8mb4 */;
${create};
/*!40101 SET character_set_client = @saved_cs_client */;
`;
  if (options.flags.has('no-data')) return structure;
  const [rows] = await connection.query(`SELECT * FROM ${quote(table)}`);
  return `${structure}
--
-- Dumping data for table ${quote(table)}
--

SET @OLD_AUTOCOMMIT=@@AUTOCOMMIT, @@AUTOCOMMIT=0;
LOCK TABLES ${quote(table)} WRITE;
/*!40000 ALTER TABLE ${quote(table)} DISABLE KEYS */;
${rows ? inserts(table, rows) : ''}/*!40000 ALTER TABLE ${quote(table)} ENABLE KEYS */;
UNLOCK TABLES;
COMMIT;
SET AUTOCOMMIT=@OLD_AUTOCOMMIT;
`;
}

function inserts(table: string, answer: Answer): string {
  if (!('rows' in answer) || answer.rows.length === 0) return '';
  const rows = answer.rows.map(
    row =>
      `(${row.map((value, index) => literal(value, answer.columns[index]?.isNumber ?? false)).join(',')})`,
  );
  return `INSERT INTO ${quote(table)} VALUES\n${rows.join(',\n')};\n`;
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
  '\x1a': '\\Z',
  '"': '\\"',
};

function literal(value: string | null, isNumber: boolean): string {
  if (value === null) return 'NULL';
  return isNumber ? value : `'${[...value].map(char => escapes[char] ?? char).join('')}'`;
}

async function viewDump(connection: ClientConnection, view: string): Promise<string> {
  const [, create = ''] = await firstRow(connection, `SHOW CREATE VIEW ${quote(view)}`);
  return `
--
-- Final view structure for view ${quote(view)}
--

/*!50001 DROP VIEW IF EXISTS ${quote(view)}*/;
/*!50001 ${create} */;
`;
}

const quote = (name: string) => `\`${name.replaceAll('`', '``')}\``;

async function firstRow(connection: ClientConnection, sql: string): Promise<string[]> {
  const [answer] = await connection.query(sql);
  return answer && 'rows' in answer ? (answer.rows[0] ?? []).map(value => value ?? '') : [];
}

async function column(connection: ClientConnection, sql: string): Promise<string[]> {
  const [answer] = await connection.query(sql);
  return answer && 'rows' in answer ? answer.rows.map(([value]) => value ?? '') : [];
}
