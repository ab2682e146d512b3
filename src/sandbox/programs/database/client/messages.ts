import type {Flavour} from '../flavour.ts';
import type {ClientConnection} from '../protocol/client-connection.ts';
import type {ClientOptions} from './options.ts';

/** What --version says. @param program argv[0] */
export function versionLine(flavour: Flavour, program: string): string {
  const name = program.split('/').at(-1) ?? '';
  if (flavour.name === 'mysql') return `${name}  Ver 9.7.4-2 for Linux on x86_64 ((Debian))`;
  const [client, suffix] = /admin/.test(name)
    ? ['10.0', '']
    : /dump/.test(name)
      ? ['10.19', '']
      : ['15.2', ' using  EditLine wrapper'];
  return `${name} from 11.8.6-MariaDB, client ${client} for debian-linux-gnu (x86_64)${suffix}`;
}

const typeHelp = "Type 'help;' or '\\h' for help. Type '\\c' to clear the current input statement.\n\n";

export function banner(flavour: Flavour, {id, serverVersion}: ClientConnection): string {
  const {product, versionComment} = flavour;
  const monitor = product === 'MariaDB' ? 'MariaDB' : 'MySQL';
  const copyright =
    flavour.name === 'mariadb'
      ? 'Copyright (c) 2000, 2018, Oracle, MariaDB Corporation Ab and others.\n\n'
      : 'Copyright (c) 2000, 2026, Oracle and/or its affiliates.\n\n' +
        'Oracle is a registered trademark of Oracle Corporation and/or its\n' +
        'affiliates. Other names may be trademarks of their respective\nowners.\n\n';
  return (
    `Welcome to the ${monitor} monitor.  Commands end with ; or \\g.\n` +
    `Your ${monitor} connection id is ${id}\n` +
    `Server version: ${serverVersion} ${versionComment}\n\n${copyright}${typeHelp}`
  );
}

/** The commands that this client knows. */
export const help = ({product}: Flavour): string => `
List of all client commands:
Note that all text commands must be first on line and end with ';'
?         (\\?) Synonym for \`help'.
clear     (\\c) Clear the current input statement.
connect   (\\r) Reconnect to the server. Optional arguments are db and host.
delimiter (\\d) Set statement delimiter.
ego       (\\G) Send command to ${product} server, display result vertically.
exit      (\\q) Exit mysql. Same as quit.
go        (\\g) Send command to ${product} server.
help      (\\h) Display this help.
quit      (\\q) Quit mysql.
source    (\\.) Execute an SQL script file. Takes a file name as an argument.
status    (\\s) Get status information from the server.
use       (\\u) Use another database. Takes database name as argument.

For server side help, type 'help contents'

`;

/** What `status` shows. */
export async function statusText(
  flavour: Flavour,
  connection: ClientConnection,
  options: ClientOptions,
  database: string | undefined,
): Promise<string> {
  const statistics = await connection.statistics();
  const [answer] = await connection.query('SELECT USER()');
  const user = answer && 'rows' in answer ? (answer.rows[0]?.[0] ?? '') : '';
  const [, uptime = '0', rest = ''] = /^Uptime: (\d+) {2}(.*)$/.exec(statistics) ?? [];
  const via = options.tcp ? `${options.host ?? 'localhost'} via TCP/IP` : 'Localhost via UNIX socket';
  const place = options.tcp ? `TCP port:\t\t${options.port}` : `UNIX socket:\t\t${options.socket}`;
  return `--------------
${versionLine(flavour, flavour.name)}

Connection id:\t\t${connection.id}
Current database:\t${database ?? ''}
Current user:\t\t${user}
SSL:\t\t\tNot in use
Current pager:\t\tstdout
Using outfile:\t\t''
Using delimiter:\t;
Server:\t\t\t${flavour.product}
Server version:\t\t${connection.serverVersion} ${flavour.versionComment}
Protocol version:\t10
Connection:\t\t${via}
Server characterset:\tutf8mb4
Db     characterset:\tutf8mb4
Client characterset:\tutf8mb4
Conn.  characterset:\tutf8mb4
${place}
Uptime:\t\t\t${uptimeText(Number(uptime))}

${rest}
--------------

`;
}

/** 3 min 50 sec */
export function uptimeText(seconds: number): string {
  const units: [number, string][] = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'min'],
    [1, 'sec'],
  ];
  let left = seconds;
  const parts = units.map(([size, name]) => {
    const count = Math.floor(left / size);
    left %= size;
    const plural = count !== 1 && (name === 'day' || name === 'hour') ? 's' : '';
    return count > 0 || name === 'sec' ? `${count} ${name}${plural}` : '';
  });
  return parts.filter(Boolean).join(' ');
}
