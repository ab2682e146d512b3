import {stat} from 'node:fs/promises';
import type {ApiRequest} from '../api/request.ts';
import type {NodeMachines} from '../node/machine.ts';
import {startSandbox} from '../sandbox.ts';
import {badRequest} from '../status-error.ts';
import {type ControlOptions, control, controlPath} from './control.ts';
import {readConfig, removeRunning, type SandboxConfig, writeConfig, writeRunning} from './files.ts';
import {runOnMachine} from './run-on-machine.ts';

export interface Serving {
  /** kubectl can talk to it. */
  ready(): void;
  /** Somebody asks the process to end. */
  shutdown(): void;
  /** A bug: goes to the log, and the sandbox goes on. */
  report(error: unknown): void;
}

/**
 * Serves the sandbox of a directory until the signal aborts, or its directory is taken away.
 * @throws when it cannot start; StateFileError `inUse` when another process serves it
 */
export async function serve(directory: string, serving: Serving, signal: AbortSignal): Promise<void> {
  const config = await readConfig(directory);
  if (!config) throw new Error(`there is no sandbox in ${directory}`);
  const {ready, shutdown, report} = serving;
  const sandbox = await startSandbox({
    directory,
    ...config,
    port: config.port ?? 0,
    report,
    beside: machines => controlRequests(config, machines, shutdown),
    signal,
  });
  if (sandbox.port !== config.port) await writeConfig(directory, {...config, port: sandbox.port});
  await writeRunning(directory, {pid: process.pid, port: sandbox.port});
  ready();
  await sandbox.closed;
  // A directory that was deleted meanwhile needs no tidying.
  if (await stat(directory).catch(() => undefined)) await removeRunning(directory);
}

function controlRequests({name, speed}: SandboxConfig, machines: NodeMachines, shutdown: () => void) {
  const options: ControlOptions = {name, speed, machines, run: runOnMachine, shutdown};
  const own = controlPath.split('/').filter(Boolean);
  return async (request: ApiRequest): Promise<object | undefined> => {
    if (!own.every((part, at) => request.path[at] === part)) return undefined;
    const rest = request.path.slice(own.length);
    return control(options, request.method, rest, parse(await request.body()));
  };
}

function parse(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw badRequest('the body is not JSON');
  }
}
