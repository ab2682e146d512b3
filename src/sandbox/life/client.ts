import {request} from 'node:https';
import {kubeconfig, readCredentials} from '../api/credentials.ts';
import {controlPath, type NodeOutput, type SandboxReport} from './control.ts';
import {readConfig, readRunning} from './files.ts';

/** How to talk to the process that serves a sandbox. */
export interface SandboxClient {
  kubeconfig: string;
  report(signal: AbortSignal): Promise<SandboxReport>;
  stopMachine(machine: string, signal: AbortSignal): Promise<void>;
  startMachine(machine: string, signal: AbortSignal): Promise<void>;
  execute(machine: string, command: readonly string[], signal: AbortSignal): Promise<NodeOutput>;
  /** Resolves when the process has said that it will end. */
  shutdown(signal: AbortSignal): Promise<void>;
}

/**
 * Reaches the process that serves the sandbox in a directory. Only that process can answer: its certificate is
 * signed by the sandbox's own authority.
 * @returns undefined when none does
 */
export async function reach(directory: string, signal: AbortSignal): Promise<SandboxClient | undefined> {
  const [running, config, credentials] = await Promise.all([
    readRunning(directory),
    readConfig(directory),
    readCredentials(directory),
  ]);
  if (!running || !config || !credentials) return undefined;
  const call = <T>(method: string, path: string, signalOfCall: AbortSignal, body?: object): Promise<T> =>
    send<T>({...credentials, port: running.port}, method, `${controlPath}${path}`, signalOfCall, body);
  const client: SandboxClient = {
    kubeconfig: kubeconfig(credentials, running.port, `sandbox-${config.name}`),
    report: one => call('GET', '', one),
    stopMachine: async (machine, one) =>
      void (await call('POST', `/machines/${encodeURIComponent(machine)}/stop`, one)),
    startMachine: async (machine, one) =>
      void (await call('POST', `/machines/${encodeURIComponent(machine)}/start`, one)),
    execute: (machine, command, one) =>
      call('POST', `/machines/${encodeURIComponent(machine)}/exec`, one, {command}),
    shutdown: async one => void (await call('POST', '/shutdown', one)),
  };
  try {
    await client.report(signal);
    return client;
  } catch (error) {
    signal.throwIfAborted();
    if (isNobody(error)) return undefined;
    throw error;
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
  {authority, token, port}: {authority: string; token: string; port: number},
  method: string,
  path: string,
  signal: AbortSignal,
  body?: object,
): Promise<T> {
  const {promise, resolve, reject} = Promise.withResolvers<T>();
  const headers = {authorization: `Bearer ${token}`, 'content-type': 'application/json'};
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
  sent.end(body && JSON.stringify(body));
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
