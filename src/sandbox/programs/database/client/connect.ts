import {NetworkError} from '../../../network/pod-network.ts';
import type {ProcessContext} from '../../program.ts';
import {SqlError} from '../errors.ts';
import type {Flavour} from '../flavour.ts';
import {type ClientConnection, openClient} from '../protocol/client-connection.ts';
import {connectTo} from '../protocol/unix-socket.ts';
import type {ClientOptions} from './options.ts';
import {readPassword} from './password.ts';

/** Connects as the options say, and asks for the password if they do. @throws SqlError */
export async function connect(
  context: ProcessContext,
  flavour: Flavour,
  options: ClientOptions,
  database?: string,
): Promise<ClientConnection> {
  if (flavour.name === 'mysql' && options.passwordOnCommandLine)
    context.stderr.write(
      `${context.argv[0]}: [Warning] Using a password on the command line interface can be insecure.\n`,
    );
  const password = options.password ?? (await readPassword(context));
  const socket = options.tcp
    ? await overNetwork(context, flavour, options)
    : await locally(context, flavour, options);
  context.killed.addEventListener('abort', () => socket.destroy(), {once: true});
  return openClient(socket, {user: options.user, password, database});
}

async function locally({container}: ProcessContext, flavour: Flavour, {socket}: ClientOptions) {
  const connected = await connectTo(container, socket);
  if (typeof connected !== 'number') return connected;
  const server = flavour.name === 'mariadb' ? 'local server' : 'local MySQL server';
  throw new SqlError(2002, 'HY000', `Can't connect to ${server} through socket '${socket}' (${connected})`);
}

async function overNetwork(
  {container}: ProcessContext,
  flavour: Flavour,
  {host = 'localhost', port}: ClientOptions,
) {
  try {
    return await container.network.connect(host, port);
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    throw unreachable(flavour, host, port, error.code);
  }
}

function unreachable(flavour: Flavour, host: string, port: number, code: NetworkError['code']): SqlError {
  const mariadb = flavour.name === 'mariadb';
  if (code === 'ENOTFOUND')
    return new SqlError(2005, 'HY000', `Unknown ${mariadb ? 'server' : 'MySQL server'} host '${host}' (-2)`);
  // MariaDB's client tells that its connection was in progress, whatever came of it
  if (mariadb)
    return new SqlError(
      2002,
      'HY000',
      `Can't connect to server on '${host}' (${code === 'EHOSTUNREACH' ? 113 : 115})`,
    );
  const errno = code === 'EHOSTUNREACH' ? 113 : 111;
  return new SqlError(2003, 'HY000', `Can't connect to MySQL server on '${host}:${port}' (${errno})`);
}
