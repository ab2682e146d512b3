import type {ApiOptions} from './api/api-options.ts';
import {keepCredentials, kubeconfig} from './api/credentials.ts';
import {serveApi} from './api/serve.ts';
import {realClock} from './clock.ts';
import {controllersOf, type Storage} from './controllers.ts';
import {createRecorder} from './events/record.ts';
import {createFirstObjects} from './first-objects.ts';
import {startKubelets} from './kubelet/start-kubelets.ts';
import {kubernetesVersion} from './kubernetes-version.ts';
import {createNetwork} from './network/network.ts';
import type {NodeMachines} from './node/machine.ts';
import {openMachines} from './node/open-machines.ts';
import {findImage} from './programs/images.ts';
import {openRegistry} from './registry/open.ts';
import {admitByQuota} from './schema/quota/admission.ts';
import {resourceTypes} from './schema/resources.ts';
import {strategies} from './schema/strategies/index.ts';

export interface SandboxOptions {
  /** Where all of it is kept: objects, credentials, the nodes' files. */
  directory: string;
  name: string;
  agents: number;
  /** How many times faster than real time what takes time goes. */
  speed: number;
  storage: Storage;
  /** The port to listen on; another one is taken where it is not free, or 0. */
  port: number;
  /** A bug, or a connection that broke in an unusual way. */
  report(error: unknown): void;
  /** Answers requests that are none of Kubernetes', as in ApiOptions. */
  beside(machines: NodeMachines): NonNullable<ApiOptions['beside']>;
  streamsBeside?(machines: NodeMachines): NonNullable<ApiOptions['streamsBeside']>;
  /** Ends the sandbox, as a power cut would: what was acknowledged is on disk. */
  signal: AbortSignal;
}

export interface Sandbox {
  port: number;
  kubeconfig: string;
  /** Resolves when all is written and closed, after the signal. */
  closed: Promise<void>;
}

/**
 * Starts a simulated cluster, new or as it was left.
 * @throws StateFileError when its files are in use by another process, damaged or not to be written
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const {directory, name, storage, report, signal} = options;
  const clock = realClock(options.speed);
  const registry = openRegistry({
    directory,
    types: resourceTypes,
    strategies,
    admit: admitByQuota,
    clock,
  });
  const [credentials, machines] = await Promise.all([
    keepCredentials(directory, clock.now()),
    openMachines(directory, descriptionsOf(options)),
  ]);
  createFirstObjects(registry, storage);
  const recorder = createRecorder(registry, clock);
  const network = createNetwork(registry, machines, clock);
  const kubelets = await startKubelets({
    registry,
    machines,
    clock,
    recorder,
    network,
    images: findImage,
    signal,
    report,
  });
  const server = await serveSomewhere({
    registry,
    kubelets,
    clock,
    address: '127.0.0.1',
    port: options.port,
    credentials,
    version: kubernetesVersion,
    // Loaded with the first exec or port-forward, as is all that only some need: start and memory are kept small.
    streams: async (...upgrade) => {
      const {handleUpgrade} = await import('./stream/handle-upgrade.ts');
      return handleUpgrade(kubelets, ...upgrade);
    },
    beside: options.beside(machines),
    ...(options.streamsBeside && {streamsBeside: options.streamsBeside(machines)}),
    report,
    signal,
  });
  for (const start of controllersOf(storage, credentials.authority))
    start({registry, clock, recorder, machines, signal, report});
  return {
    port: server.port,
    kubeconfig: kubeconfig(credentials, server.port, name),
    closed: closedAfter(signal, async () => {
      await server.close();
      await registry.close();
    }),
  };
}

function descriptionsOf({name, agents}: SandboxOptions) {
  const names = ['server-0', ...Array.from({length: agents}, (_, index) => `agent-${index}`)];
  return names.map((short, index) => ({
    name: `sandbox-${name}-${short}`,
    role: index === 0 ? ('server' as const) : ('agent' as const),
    ip: `172.18.0.${index + 2}`,
  }));
}

/** On the port asked for, or on a free one when somebody has it. */
async function serveSomewhere(options: ApiOptions) {
  try {
    return await serveApi(options);
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    if (options.port === 0 || (code !== 'EADDRINUSE' && code !== 'EACCES')) throw error;
    return serveApi({...options, port: 0});
  }
}

async function closedAfter(signal: AbortSignal, close: () => Promise<void>): Promise<void> {
  if (!signal.aborted) await new Promise(done => signal.addEventListener('abort', done, {once: true}));
  await close();
}
