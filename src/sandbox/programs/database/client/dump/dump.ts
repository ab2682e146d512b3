import type {Program} from '../../../program.ts';
import {SqlError} from '../../errors.ts';
import type {Flavour} from '../../flavour.ts';
import type {ClientConnection} from '../../protocol/client-connection.ts';
import {dateTime} from '../../server/log.ts';
import {backquoted} from '../../sql/values.ts';
import {connect} from '../connect.ts';
import {programName, startClient} from '../start.ts';
import {type Dump, foot, head} from './frame.ts';
import {databaseHead, tableDump, viewDump} from './objects.ts';

/** mariadb-dump and mysqldump: databases or tables as statements that make them again. */
export const dump =
  (flavour: Flavour): Program =>
  async context => {
    const {stderr} = context;
    const program = programName(context);
    const options = startClient(context, flavour, program);
    if (typeof options === 'number') return options;
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

/** @param wanted all when empty @returns one that does not exist */
async function dumpTables(
  dumping: Dump,
  database: string,
  wanted: readonly string[],
): Promise<string | undefined> {
  const {connection, context} = dumping;
  const [answer] = await connection.query(`SHOW FULL TABLES FROM ${backquoted(database)}`);
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

async function column(connection: ClientConnection, sql: string): Promise<string[]> {
  const [answer] = await connection.query(sql);
  return answer && 'rows' in answer ? answer.rows.map(([value]) => value ?? '') : [];
}
