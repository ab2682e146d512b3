import {PassThrough} from 'node:stream';
import type {ProcessContext} from '../../program.ts';
import type {Session} from '../engine/session.ts';
import {SqlError} from '../errors.ts';
import type {Flavour} from '../flavour.ts';
import {splitScript} from '../sql/script.ts';
import type {Wishes} from './initial-wishes.ts';
import type {EntrypointLog} from './log.ts';

const scripts = '/docker-entrypoint-initdb.d';

/** Runs what is in /docker-entrypoint-initdb.d, in the order of the names. @returns whether one of them failed */
export async function runScripts(
  context: ProcessContext,
  session: Session,
  flavour: Flavour,
  wishes: Wishes,
  log: EntrypointLog,
): Promise<boolean> {
  const {files} = context.container;
  const names = (await files.exists(scripts)) ? await files.readdir(scripts) : [];
  for (const name of names.filter(one => !one.startsWith('..')).toSorted()) {
    const path = `${scripts}/${name}`;
    if (name.endsWith('.sql')) {
      log('Note', `/usr/local/bin/docker-entrypoint.sh: running ${path}`);
      if (!(await runSql(context, session, flavour, await files.readFile(path), wishes.database)))
        return true;
    } else if (name.endsWith('.sh')) {
      log('Note', `/usr/local/bin/docker-entrypoint.sh: running ${path}`);
      if ((await runShell(context, path)) !== 0) return true;
    } else log('Note', `/usr/local/bin/docker-entrypoint.sh: ignoring ${path}`);
  }
  return false;
}

async function runSql(
  context: ProcessContext,
  session: Session,
  flavour: Flavour,
  script: string,
  database: string,
): Promise<boolean> {
  if (database !== '') await session.use(database);
  for (const {sql, line} of splitScript(script, flavour)) {
    try {
      await session.execute(sql);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      context.stderr.write(`ERROR ${error.number} (${error.state}) at line ${line}: ${error.message}\n`);
      return false;
    }
  }
  return true;
}

async function runShell(context: ProcessContext, path: string): Promise<number> {
  const stdin = new PassThrough();
  stdin.end();
  const {stdout, stderr, env, container} = context;
  return (await container.processes.spawn(['sh', path], {stdin, stdout, stderr, env}).ended).code;
}
