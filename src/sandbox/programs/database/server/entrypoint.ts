import type {ProcessContext, Program} from '../../program.ts';
import {openSession} from '../engine/open-session.ts';
import type {Flavour} from '../flavour.ts';
import {type DataDirectory, dataDirectory} from './data-directory.ts';
import {startServer} from './database-server.ts';
import {realDirectory, withFiles} from './files-of-process.ts';
import {runScripts} from './initial-scripts.ts';
import {readWishes, statementsFor} from './initial-wishes.ts';
import {type EntrypointLog, entrypointLog, mysqlLog} from './log.ts';
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

/** How long making the files takes, in simulated milliseconds. */
const initialisationTime = 1000;

async function initialise(
  context: ProcessContext,
  flavour: Flavour,
  directory: DataDirectory,
  log: EntrypointLog,
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
