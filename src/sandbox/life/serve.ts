import {stat} from 'node:fs/promises';
import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import type {ApiRequest} from '../api/request.ts';
import type {NodeMachines} from '../node/machine.ts';
import {startSandbox} from '../sandbox.ts';
import {control, controlPath} from './control.ts';
import {readConfig, removeRunning, whenRemoved, writeConfig, writeRunning} from './files.ts';

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
  const {name, speed} = config;
  const {ready, shutdown, report} = serving;
  const sandbox = await startSandbox({
    directory,
    ...config,
    port: config.port ?? 0,
    report,
    beside: machines => async request => {
      const path = ownPath(request);
      return path && control({name, speed, machines, shutdown}, request.method, path);
    },
    streamsBeside:
      machines =>
      (...upgrade) =>
        nodeStreams(machines, ...upgrade),
    signal,
  });
  if (sandbox.port !== config.port) await writeConfig(directory, {...config, port: sandbox.port});
  await writeRunning(directory, {pid: process.pid, port: sandbox.port});
  whenRemoved(directory, shutdown, signal);
  ready();
  await sandbox.closed;
  // A directory that was deleted meanwhile needs no tidying.
  if (await stat(directory).catch(() => undefined)) await removeRunning(directory);
}

/** The segments of a request's path that come below ours; undefined for those of Kubernetes. */
function ownPath({path}: ApiRequest): readonly string[] | undefined {
  const own = controlPath.split('/').filter(Boolean);
  return own.every((part, at) => path[at] === part) ? path.slice(own.length) : undefined;
}

/** What is answered with a stream: a program that runs on a node. */
async function nodeStreams(
  machines: NodeMachines,
  request: ApiRequest,
  ...upgrade: [IncomingMessage, Duplex, Buffer]
): Promise<boolean> {
  const [what, name, action] = ownPath(request) ?? [];
  if (what !== 'machines' || name === undefined || action !== 'exec') return false;
  const {serveNodeCommand} = await import('./node-streams.ts');
  serveNodeCommand(machines, name, request, upgrade);
  return true;
}
