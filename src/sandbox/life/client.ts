import {request} from 'node:https';
import {kubeconfig, readCredentials} from '../api/credentials.ts';
import {controlPath, type SandboxReport} from './control.ts';
import {readConfig, readRunning} from './files.ts';
import type {NodeCommandStreams, SandboxAddress} from './node-command.ts';

/** How to talk to the process that serves a sandbox. */
export interface SandboxClient {
  kubeconfig: string;
  report(signal: AbortSignal): Promise<SandboxReport>;
  stopMachine(machine: string, signal: AbortSignal): Promise<void>;
  startMachine(machine: string, signal: AbortSignal): Promise<void>;
  /** Runs a program on a machine that is switched on. @returns its exit code */
  execute(
    machine: string,
    command: readonly string[],
    streams: NodeCommandStreams,
    signal: AbortSignal,
  ): Promise<number>;
  /** Resolves when the process has said that it will end. */
  shutdown(signal: AbortSignal): Promise<void>;
}

/** The process is there, and hangs. */
export class Unresponsive extends Error {
  override readonly name = 'Unresponsive';
  constructor(pid: number, options: ErrorOptions) {
    super(`its process (${pid}) does not answer`, options);
  }
}

/** How long a process may take to say that it is there, in milliseconds. A busy one is slow; one that hangs is not. */
const answerLimit = 10_000;

/**
 * Reaches the process that serves the sandbox in a directory. Only that process can answer: its certificate is
 * signed by the sandbox's own authority.
 * @returns undefined when none does
 * @throws DamagedFile, Unresponsive
 */
export async function reach(directory: string, signal: AbortSignal): Promise<SandboxClient | undefined> {
  const [running, config, credentials] = await Promise.all([
    readRunning(directory),
    readConfig(directory),
    readCredentials(directory),
  ]);
  if (!running || !config || !credentials || !isAlive(running.pid)) return undefined;
  const address = {...credentials, port: running.port};
  const machinePath = (machine: string, action: string) =>
    `${controlPath}/machines/${encodeURIComponent(machine)}/${action}`;
  const call = <T>(method: string, path: string, signalOfCall: AbortSignal): Promise<T> =>
    send<T>(address, method, path, signalOfCall);
  const client: SandboxClient = {
    kubeconfig: kubeconfig(credentials, running.port, `sandbox-${config.name}`),
    report: one => call('GET', controlPath, one),
    stopMachine: async (machine, one) => void (await call('POST', machinePath(machine, 'stop'), one)),
    startMachine: async (machine, one) => void (await call('POST', machinePath(machine, 'start'), one)),
    async execute(machine, command, streams, one) {
      const {runNodeCommand} = await import('./node-command.ts');
      return runNodeCommand(address, machinePath(machine, 'exec'), command, streams, one);
    },
    shutdown: async one => void (await call('POST', `${controlPath}/shutdown`, one)),
  };
  const late = AbortSignal.timeout(answerLimit);
  try {
    await client.report(AbortSignal.any([signal, late]));
    return client;
  } catch (error) {
    signal.throwIfAborted();
    if (isNobody(error)) return undefined;
    if (late.aborted) throw new Unresponsive(running.pid, {cause: error});
    throw error;
  }
}

/** Whoever has the port of a process that is gone may take a connection and never say a word. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Nobody listens there, or somebody else does. */
const isNobody = (error: unknown): boolean =>
  [
    'ECONNREFUSED',
    'ECONNRESET',
    'EPROTO',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ].includes((error as NodeJS.ErrnoException).code ?? '');

function send<T>(
  {authority, token, port}: SandboxAddress,
  method: string,
  path: string,
  signal: AbortSignal,
): Promise<T> {
  const {promise, resolve, reject} = Promise.withResolvers<T>();
  const headers = {authorization: `Bearer ${token}`};
  const options = {host: '127.0.0.1', port, method, path, headers, ca: authority, signal};
  const sent = request(options, response => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.once('error', reject);
    response.once('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      if (response.statusCode === 200) resolve(JSON.parse(text) as T);
      else reject(new Error(messageOf(text) ?? `the sandbox answered with ${response.statusCode}`));
    });
  });
  sent.once('error', reject);
  sent.end();
  return promise;
}

/** The message of a Status, if it is one. */
function messageOf(text: string): string | undefined {
  try {
    return (JSON.parse(text) as {message?: string}).message;
  } catch {
    return undefined;
  }
}
