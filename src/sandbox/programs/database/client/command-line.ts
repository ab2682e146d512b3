import {createInterface} from 'node:readline';
import {text} from 'node:stream/consumers';
import type {ProcessContext, Program} from '../../program.ts';
import {SqlError} from '../errors.ts';
import type {Flavour} from '../flavour.ts';
import type {Answer, ClientConnection} from '../protocol/client-connection.ts';
import {connect} from './connect.ts';
import {banner, help, statusText, versionLine} from './messages.ts';
import {BadOption, type ClientOptions, parseOptions} from './options.ts';
import {type Action, type StatementReader, statementReader} from './statement-reader.ts';
import {drawTabbed, drawTable, drawVertical} from './tables.ts';

/** The mariadb and mysql clients: statements from -e, a script on stdin or a person at a terminal. */
export const commandLine =
  (flavour: Flavour): Program =>
  async context => {
    const {stdout, stderr} = context;
    const options = parsed(context, flavour);
    if (typeof options === 'number') return options;
    if (options.flags.has('version')) {
      stdout.write(`${versionLine(flavour, context.argv[0] ?? '')}\n`);
      return 0;
    }
    const database = options.flags.get('database') ?? options.operands[0];
    try {
      const connection = await connect(context, flavour, options, database);
      const client: Client = {context, flavour, options, connection, database, interactive: false};
      const execute = options.flags.get('execute');
      const code = await (execute !== undefined
        ? runScript(client, execute)
        : context.tty
          ? converse(client)
          : runScript(client, await text(context.stdin)));
      connection.end();
      return code;
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      stderr.write(errorLine(error));
      return 1;
    }
  };

interface Client {
  context: ProcessContext;
  flavour: Flavour;
  options: ClientOptions;
  connection: ClientConnection;
  database: string | undefined;
  interactive: boolean;
}

/** @returns the exit code when the options are wrong */
export function parsed(context: ProcessContext, flavour: Flavour): ClientOptions | number {
  try {
    return parseOptions(context, flavour);
  } catch (error) {
    if (!(error instanceof BadOption)) throw error;
    context.stderr.write(`${error.message}\n`);
    return 2;
  }
}

const errorLine = ({number, state, message}: SqlError, line?: number) =>
  `ERROR ${number} (${state})${line === undefined ? '' : ` at line ${line}`}: ${message}\n`;

async function runScript(client: Client, script: string): Promise<number> {
  const reader = statementReader();
  const lines = script.split('\n');
  for (const [index, line] of lines.entries()) {
    const actions = reader.feed(line);
    if (index === lines.length - 1) actions.push(...reader.finish());
    for (const action of actions) {
      const code = await act(client, reader, action);
      if (code === 'quit') return 0;
      if (code === 'failed' && !client.options.flags.has('force')) return 1;
    }
  }
  return 0;
}

/** A person at a terminal: prompts, and goes on after errors. */
async function converse(client: Client): Promise<number> {
  const {context, flavour, connection} = client;
  const {stdin, stdout} = context;
  client.interactive = true;
  if (client.database !== undefined) await announceTables(client);
  stdout.write(banner(flavour, connection));
  const reader = statementReader();
  const terminal = createInterface({input: stdin, output: stdout, terminal: true, historySize: 100});
  const prompt = () => {
    terminal.setPrompt(promptFor(client, reader));
    terminal.prompt();
  };
  terminal.on('SIGINT', () => {
    stdout.write('^C\n');
    reader.clear();
    prompt();
  });
  context.killed.addEventListener('abort', () => terminal.close(), {once: true});
  prompt();
  for await (const line of terminal) {
    for (const action of reader.feed(line))
      if ((await act(client, reader, action)) === 'quit') return goodbye(client, terminal);
    prompt();
  }
  stdout.write('^D');
  return goodbye(client, terminal);
}

function goodbye({context}: Client, terminal: {close(): void}): number {
  terminal.close();
  context.stdout.write('Bye\n');
  return 0;
}

function promptFor({flavour, database}: Client, reader: StatementReader): string {
  const main = flavour.name === 'mariadb' ? `MariaDB [${database ?? '(none)'}]> ` : 'mysql> ';
  const pending = reader.pending();
  return pending === '' ? main : `${pending.padStart(6)} `;
}

type Outcome = 'done' | 'failed' | 'quit';

async function act(client: Client, reader: StatementReader, action: Action): Promise<Outcome> {
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

async function announceTables({connection, options, context}: Client) {
  if (options.flags.has('no-auto-rehash')) return;
  const [tables] = await connection.query('SHOW TABLES');
  if (tables && 'rows' in tables && tables.rows.length > 0)
    context.stdout.write(
      'Reading table information for completion of table and column names\n' +
        'You can turn off this feature to get a quicker startup with -A\n\n',
    );
}

async function runStatement(
  client: Client,
  {sql, vertical}: Extract<Action, {kind: 'statement'}>,
): Promise<Outcome> {
  const {clock, stdout} = client.context;
  const before = clock.now();
  const answers = await client.connection.query(sql);
  const seconds = (clock.now() - before) / 1000;
  const took = client.flavour.name === 'mariadb' ? seconds.toFixed(3) : seconds.toFixed(2);
  for (const answer of answers) {
    stdout.write(draw(client, answer, vertical));
    if (client.interactive) stdout.write(summary(answer, took));
  }
  if (/^\s*use\s/i.test(sql)) client.database = sql.trim().replace(/^use\s+`?([^`]*)`?$/i, '$1');
  return 'done';
}

function draw({options: {flags}, interactive}: Client, answer: Answer, vertical: boolean): string {
  if (!('rows' in answer) || answer.rows.length === 0) return '';
  const withNames = !flags.has('skip-column-names') && flags.get('silent') !== 'twice';
  if (vertical || flags.has('vertical')) return drawVertical(answer);
  const asTable = flags.has('table') || (interactive && !flags.has('batch') && !flags.has('silent'));
  return asTable ? drawTable(answer, withNames) : drawTabbed(answer, withNames, flags.has('raw'));
}

function summary(answer: Answer, took: string): string {
  const many = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
  const warnings = answer.warnings > 0 ? `, ${many(answer.warnings, 'warning')}` : '';
  if ('rows' in answer)
    return answer.rows.length === 0
      ? `Empty set${warnings} (${took} sec)\n\n`
      : `${many(answer.rows.length, 'row')} in set${warnings} (${took} sec)\n\n`;
  const info = answer.info === '' ? '' : `${answer.info}\n`;
  return `Query OK, ${many(answer.affected, 'row')} affected${warnings} (${took} sec)\n${info}\n`;
}
