import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {Agent, request} from 'node:https';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect} from 'vitest';
import {readCredentials} from '../../src/sandbox/api/credentials.ts';
import type {SandboxClient} from '../../src/sandbox/life/client.ts';
import {readRunning, writeConfig} from '../../src/sandbox/life/files.ts';
import {launch} from '../../src/sandbox/life/launch.ts';
import {removeSandbox} from '../../src/sandbox/life/remove.ts';

export interface Question {
  body?: string | Buffer;
  headers?: Record<string, string>;
  /** Other than the administrator's; '' for none. */
  token?: string;
}
export interface HttpAnswer {
  status: number;
  text: string;
}
export interface Ended {
  exitCode: number;
  output: string;
}

/** A sandbox in a process of its own, to be ill-treated. */
export interface SandboxProcess {
  directory: string;
  /** Of the process that serves it last. */
  pid(): Promise<number>;
  start(): Promise<SandboxClient>;
  /** As a power cut: resolves when the process is gone. */
  kill(): Promise<void>;
  ask(method: string, path: string, question?: Question): Promise<HttpAnswer>;
  kubectl(args: readonly string[], input?: string): Promise<Ended>;
  remove(): Promise<void>;
}

/** Long enough for a busy machine; only a test that hangs comes so far. */
const patience = () => AbortSignal.timeout(60_000);

/** @param parent where its directory is made; a temporary one that goes with it when left out */
export async function sandboxProcess(parent?: string): Promise<SandboxProcess> {
  const around = parent ?? (await mkdtemp(join(tmpdir(), 'statelab-faults-')));
  const directory = join(around, 'hidden-from-clients');
  const kubeconfig = join(around, 'kubeconfig');
  await writeConfig(directory, {name: 'faults', agents: 2, speed: 1, storage: 'local-path'});
  const agent = new Agent({keepAlive: false});
  const pid = async () => (await readRunning(directory))?.pid ?? 0;
  return {
    directory,
    pid,
    async start() {
      const client = await launch(directory, patience());
      await writeFile(kubeconfig, client.kubeconfig, {mode: 0o600});
      return client;
    },
    async kill() {
      const {port = 0} = (await readRunning(directory)) ?? {};
      process.kill(await pid(), 'SIGKILL');
      await expect.poll(() => errorOf(port), {timeout: 10_000}).toBe('ECONNREFUSED');
    },
    async ask(method, path, {body, headers = {}, token} = {}) {
      const [credentials, running] = await Promise.all([readCredentials(directory), readRunning(directory)]);
      const bearer = token ?? credentials?.token;
      const {promise, resolve, reject} = Promise.withResolvers<HttpAnswer>();
      const sent = request(
        {
          agent,
          host: '127.0.0.1',
          port: running?.port,
          ca: credentials?.authority,
          method,
          path,
          headers: {
            ...(bearer && {authorization: `Bearer ${bearer}`}),
            'content-type': 'application/json',
            ...headers,
          },
        },
        async answer => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () =>
            resolve({status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8')}),
          );
        },
      );
      sent.on('error', reject);
      sent.end(body);
      return promise;
    },
    kubectl(args, input = '') {
      const {promise, resolve} = Promise.withResolvers<Ended>();
      const env = {...process.env, KUBECONFIG: kubeconfig, HOME: around};
      const child = execFile('kubectl', args, {env}, (error, stdout, stderr) =>
        resolve({exitCode: error ? Number(error.code) : 0, output: stdout + stderr}),
      );
      child.stdin?.end(input);
      return promise;
    },
    async remove() {
      await removeSandbox(directory, patience());
      if (parent === undefined) await rm(around, {recursive: true, force: true});
    },
  };
}

/** What a connection to the port ends with; the system frees the port some time after the process is gone. */
async function errorOf(port: number): Promise<string | undefined> {
  const socket = connect(port, '127.0.0.1');
  return new Promise(resolve => {
    socket.once('error', error => resolve((error as NodeJS.ErrnoException).code));
    socket.once('close', () => resolve(undefined));
  });
}
