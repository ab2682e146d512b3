import {mkdtemp} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {openSession} from '../../../../../src/sandbox/programs/database/engine/open-session.ts';
import type {Session} from '../../../../../src/sandbox/programs/database/engine/session.ts';
import type {Flavour} from '../../../../../src/sandbox/programs/database/flavour.ts';
import {dataDirectory} from '../../../../../src/sandbox/programs/database/server/data-directory.ts';
import {
  initialiseDirectory,
  openServer,
  rootAccount,
} from '../../../../../src/sandbox/programs/database/server/running-server.ts';
import type {RunningContainer} from '../../../../../src/sandbox/programs/program.ts';
import {manualClock} from '../../manual-clock.ts';

/** A session of root on a server of its own, without a network. */
export async function openTestSession(flavour: Flavour): Promise<Session> {
  const clock = manualClock();
  const container = {hostname: 'db-0'} as RunningContainer; // nothing else of it is looked at before it listens
  const directory = dataDirectory(await mkdtemp(join(tmpdir(), 'session-')), flavour);
  await initialiseDirectory(directory, flavour, 'db-0');
  const settings = {
    datadir: '/var/lib/mysql',
    socket: flavour.socket,
    port: 3306,
    bindAddress: '0.0.0.0',
    networking: false,
    variables: new Map<string, string>(),
  };
  const {state} = await openServer({container, clock}, flavour, settings, directory);
  return openSession(state, rootAccount('localhost'), 'root', 'localhost');
}
