import {existsSync} from 'node:fs';
import {truncate} from 'node:fs/promises';
import {DatabaseSync} from 'node:sqlite';
import type {Cancel} from '../../../clock.ts';
import type {ProcessContext} from '../../program.ts';
import {storedName} from '../engine/definition.ts';
import {dictionaryOf, dictionaryTables} from '../engine/dictionary.ts';
import type {ServerState} from '../engine/server-state.ts';
import {openStore} from '../engine/store.ts';
import {type Account, usersOf} from '../engine/users.ts';
import {systemVariables} from '../engine/variables.ts';
import type {Flavour} from '../flavour.ts';
import {acceptClient} from '../protocol/server-connection.ts';
import {listenOn} from '../protocol/unix-socket.ts';
import {type DataDirectory, tablespaceSize} from './data-directory.ts';
import type {Settings} from './settings.ts';

/** A data directory in use, and the sessions on it. */
export interface RunningServer {
  state: ServerState;
  /** Ends when somebody runs SHUTDOWN: who. */
  shutdownAsked: Promise<string>;
  listen(): Promise<void>;
  /** Ends all sessions and lets go of the sockets. */
  close(): void;
}

/** Makes the files and accounts of a new server. @param hostname for root's account of that name */
export async function initialiseDirectory(directory: DataDirectory, flavour: Flavour, hostname: string) {
  await directory.initialise();
  const connection = new DatabaseSync(directory.tablespace);
  connection.exec(`PRAGMA journal_mode = DELETE; BEGIN; ${dictionaryTables}`);
  const users = usersOf(connection);
  const hosts =
    flavour.name === 'mariadb' ? ['localhost', '127.0.0.1', '::1', hostname.toLowerCase()] : ['localhost'];
  for (const host of new Set(hosts)) users.save(rootAccount(host));
  for (const user of flavour.name === 'mariadb'
    ? ['mariadb.sys']
    : ['mysql.infoschema', 'mysql.session', 'mysql.sys'])
    users.save({
      user,
      host: 'localhost',
      hash: '',
      locked: true,
      grants: [{...everywhere, privileges: ['USAGE']}],
    });
  connection.exec('COMMIT');
  connection.close();
  await truncate(directory.tablespace, tablespaceSize);
}

const everywhere = {database: '*', table: '*', privileges: ['ALL PRIVILEGES'], withGrantOption: false};
export const rootAccount = (host: string): Account => ({
  user: 'root',
  host,
  hash: '',
  locked: false,
  grants: [{...everywhere, withGrantOption: true}],
});

/** Opens the rows. The directory's lock must be held. */
export async function openServer(
  context: Pick<ProcessContext, 'container' | 'clock'>,
  flavour: Flavour,
  settings: Settings,
  directory: DataDirectory,
): Promise<RunningServer> {
  await forgetLostTables(directory);
  const {promise: shutdownAsked, resolve: shutdown} = Promise.withResolvers<string>();
  const variables = new Map([...systemVariables(flavour), ...variablesFrom(settings)]);
  variables.set('hostname', context.container.hostname);
  const state: ServerState = {
    flavour,
    clock: context.clock,
    directory,
    store: openStore(directory.tablespace, context.clock),
    hostname: context.container.hostname,
    databases: [],
    variables,
    sessions: new Map(),
    startedAt: context.clock.now(),
    questions: 0,
    nextConnection: 3,
    shutdown,
  };
  const listeners: Cancel[] = [];
  return {
    state,
    shutdownAsked,
    async listen() {
      listeners.push(
        await listenOn(context.container, settings.socket, socket =>
          acceptClient(state, socket, 'localhost'),
        ),
      );
      if (settings.networking)
        listeners.push(
          context.container.network.listen(settings.port, (socket, from) =>
            acceptClient(state, socket, hostOf(from)),
          ),
        );
    },
    close() {
      for (const stop of listeners) stop();
      for (const session of [...state.sessions.values()]) session.close();
    },
  };
}

/** Loopback addresses are localhost, as name resolution says. */
const hostOf = (from: string) => (/^(127\.|::1$)/.test(from) ? 'localhost' : from);

function variablesFrom(settings: Settings): [string, string][] {
  const given = [...settings.variables].map(([name, value]): [string, string] => [
    name,
    /^(on|true)$/i.test(value) ? 'ON' : /^(off|false)$/i.test(value) ? 'OFF' : bytes(value),
  ]);
  return [
    ...given,
    ['datadir', `${settings.datadir.replace(/\/$/, '')}/`],
    ['socket', settings.socket],
    ['port', String(settings.port)],
  ];
}

/** 64M is 67108864. */
function bytes(value: string): string {
  const [, number, unit] = /^(\d+)([KMG])$/i.exec(value) ?? [];
  return unit === undefined
    ? value
    : String(Number(number) * 1024 ** ('KMG'.indexOf(unit.toUpperCase()) + 1));
}

/** A table whose files somebody removed is gone. */
async function forgetLostTables(directory: DataDirectory) {
  const connection = new DatabaseSync(directory.tablespace);
  try {
    const dictionary = dictionaryOf(connection);
    const tables = connection.prepare('SELECT database, name FROM "#tables"').all();
    const present = await directory.databases();
    for (const row of tables) {
      const [database, name] = [String(row.database), String(row.name)];
      const isView = dictionary.find(database, name)?.view !== undefined;
      if (present.includes(database) && (isView || (await directory.hasTable(database, name)))) continue;
      connection.exec(
        `PRAGMA foreign_keys = OFF; DROP ${isView ? 'VIEW' : 'TABLE'} IF EXISTS ${storedName(database, name)}`,
      );
      dictionary.remove(database, name);
    }
  } finally {
    connection.close();
  }
}

/** Which of the files that a server cannot do without is missing? */
export const missingFile = (directory: DataDirectory): string | undefined =>
  directory.needed
    .find(path => !existsSync(path))
    ?.split('/')
    .at(-1);
