import type {ProcessContext, Program} from '../../program.ts';
import {SqlError} from '../errors.ts';
import type {Flavour} from '../flavour.ts';
import type {ClientConnection} from '../protocol/client-connection.ts';
import {backquoted} from '../sql/values.ts';
import {connect} from './connect.ts';
import {uptimeText, versionLine} from './messages.ts';
import type {ClientOptions} from './options.ts';
import {programName, startClient} from './start.ts';
import {drawTable} from './tables.ts';

/** mariadb-admin and mysqladmin: ping, status, version, processlist, shutdown and a few more. */
export const admin =
  (flavour: Flavour): Program =>
  async context => {
    const {stderr} = context;
    const program = programName(context);
    const options = startClient(context, flavour, program);
    if (typeof options === 'number') return options;
    if (options.operands.length === 0) {
      stderr.write(`Usage: ${program} [OPTIONS] command command....\n`);
      return 1;
    }
    try {
      const connection = await connect(context, flavour, options);
      const code = await runAll(context, flavour, options, connection, program);
      connection.end();
      return code;
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      stderr.write(
        `${program}: connect to server at '${options.host ?? 'localhost'}' failed\nerror: '${error.message}'\n`,
      );
      if (error.number === 2002)
        stderr.write(
          `Check that ${flavour.server} is running and that the socket: '${options.socket}' exists!\n`,
        );
      if (error.number === 2003 || error.number === 2005)
        stderr.write(
          `Check that ${flavour.server} is running on ${options.host} and that the port is ${options.port}.\nYou can check this by doing 'telnet ${options.host} ${options.port}'\n`,
        );
      // It is told all the same, but a server that refuses the login is alive.
      return options.operands[0] === 'ping' && error.number === 1045 ? 0 : 1;
    }
  };

async function runAll(
  context: ProcessContext,
  flavour: Flavour,
  options: ClientOptions,
  connection: ClientConnection,
  program: string,
): Promise<number> {
  const operands = [...options.operands];
  for (let command = operands.shift(); command !== undefined; command = operands.shift()) {
    const code = await run(context, flavour, options, connection, program, command, operands);
    if (code !== 0) return code;
  }
  return 0;
}

async function run(
  {stdout, stderr}: ProcessContext,
  flavour: Flavour,
  options: ClientOptions,
  connection: ClientConnection,
  program: string,
  command: string,
  operands: string[],
): Promise<number> {
  const named = () => backquoted(operands.shift() ?? '');
  const statements: Readonly<Record<string, () => string>> = {
    create: () => `CREATE DATABASE ${named()}`,
    drop: () => `DROP DATABASE ${named()}`,
    password: () =>
      `ALTER USER CURRENT_USER() IDENTIFIED BY '${(operands.shift() ?? '').replaceAll("'", "''")}'`,
    shutdown: () => 'SHUTDOWN',
    kill: () => `KILL ${Number(operands.shift())}`,
    'flush-privileges': () => 'FLUSH PRIVILEGES',
    reload: () => 'FLUSH PRIVILEGES',
  };
  const tables: Readonly<Record<string, string>> = {
    processlist: 'SHOW PROCESSLIST',
    variables: 'SHOW GLOBAL VARIABLES',
    'extended-status': 'SHOW GLOBAL STATUS',
  };
  if (command === 'ping') stdout.write('mysqld is alive\n');
  else if (command === 'status') stdout.write(`${await connection.statistics()}\n`);
  else if (command === 'version') stdout.write(await versionText(flavour, options, connection, program));
  else if (tables[command] !== undefined) {
    const [answer] = await connection.query(tables[command]);
    if (answer && 'rows' in answer) stdout.write(drawTable(answer, true));
  } else if (statements[command]) {
    try {
      await connection.query(statements[command]());
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      stderr.write(`${program}: ${command} failed; error: '${error.message}'\n`);
      return 1;
    }
  } else {
    stderr.write(`${program}: Unknown command: '${command}'\n`);
    return 1;
  }
  return 0;
}

async function versionText(
  flavour: Flavour,
  options: ClientOptions,
  connection: ClientConnection,
  program: string,
) {
  const [, uptime = '0', rest = ''] = /^Uptime: (\d+) {2}(.*)$/.exec(await connection.statistics()) ?? [];
  const copyright =
    flavour.name === 'mariadb'
      ? 'Copyright (c) 2000, 2018, Oracle, MariaDB Corporation Ab and others.'
      : 'Copyright (c) 2000, 2026, Oracle and/or its affiliates.';
  const place = options.tcp
    ? `Connection\t\t${options.host ?? 'localhost'} via TCP/IP\nTCP port\t\t${options.port}`
    : `Connection\t\tLocalhost via UNIX socket\nUNIX socket\t\t${options.socket}`;
  return `${versionLine(flavour, program)}
${copyright}

Server version\t\t${connection.serverVersion}
Protocol version\t10
${place}
Uptime:\t\t\t${uptimeText(Number(uptime))}

${rest}
`;
}
