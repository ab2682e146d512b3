import {SqlError} from '../../errors.ts';
import {help, statusText} from '../messages.ts';
import type {Action, StatementReader} from '../statement-reader.ts';
import {type Client, errorLine, type Outcome} from './client.ts';
import {runStatement} from './statements.ts';

/** Does a statement or a command of the client, and tells its error. */
export async function act(client: Client, reader: StatementReader, action: Action): Promise<Outcome> {
  try {
    return action.kind === 'command'
      ? await runCommand(client, reader, action)
      : await runStatement(client, action);
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const {stderr, stdout} = client.context;
    if (client.interactive) {
      stdout.write(errorLine(error));
      return error.number === 2013 ? 'quit' : 'failed';
    }
    // MariaDB's client shows which statement it was
    const shown = client.flavour.name === 'mariadb' && action.kind === 'statement';
    if (shown) stderr.write(`--------------\n${action.sql}\n--------------\n\n`);
    stderr.write(errorLine(error, action.line));
    return 'failed';
  }
}

async function runCommand(
  client: Client,
  reader: StatementReader,
  {name, argument}: Extract<Action, {kind: 'command'}>,
): Promise<Outcome> {
  const {stdout, container} = client.context;
  switch (name) {
    case 'quit':
    case 'exit':
      return 'quit';
    case 'use':
      return use(client, argument);
    case 'help':
      stdout.write(help(client.flavour));
      return 'done';
    case 'status':
      stdout.write(await statusText(client.flavour, client.connection, client.options, client.database));
      return 'done';
    case 'source': {
      const script = await container.files.readFile(argument).catch(() => undefined);
      if (script === undefined) stdout.write(`ERROR: Failed to open file '${argument}', error: 2\n`);
      else
        for (const line of script.split('\n'))
          for (const action of reader.feed(line)) await act(client, reader, action);
      return 'done';
    }
    case 'connect':
      if (argument !== '') return use(client, argument);
      return 'done';
    default:
      return 'done';
  }
}

async function use(client: Client, database: string): Promise<Outcome> {
  if (database === '') {
    client.context.stdout.write('ERROR: USE must be followed by a database name\n');
    return 'failed';
  }
  await client.connection.use(database);
  client.database = database;
  if (!client.interactive) return 'done';
  await announceTables(client);
  client.context.stdout.write('Database changed\n');
  return 'done';
}

/** What is said when a database is entered: names are not completed here, but the words are the real ones. */
export async function announceTables({connection, options, context}: Client) {
  if (options.flags.has('no-auto-rehash')) return;
  const [tables] = await connection.query('SHOW TABLES');
  if (tables && 'rows' in tables && tables.rows.length > 0)
    context.stdout.write(
      'Reading table information for completion of table and column names\n' +
        'You can turn off this feature to get a quicker startup with -A\n\n',
    );
}
