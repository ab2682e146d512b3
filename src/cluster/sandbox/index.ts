import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {parse} from 'yaml';
import type {Clock, Cluster, ClusterInfo, CreateOptions, Provider} from '../../engine/ports.ts';
import {ExpectedError, unwritable} from '../../errors.ts';
import {clusterApi} from '../../kube/api.ts';
import {openClient} from '../../kube/client.ts';
import {type KubeconfigContent, kubeconfigFile, writeKubeconfig} from '../../kube/kubeconfig.ts';
import {sharedMount} from '../../kube/node-directory.ts';
import {kubeProbes} from '../../kube/probes.ts';
import type {Environment} from '../../kube/program.ts';
import {clusterWatch} from '../../kube/watch.ts';
import {reach, type SandboxClient, Unresponsive} from '../../sandbox/life/client.ts';
import {DamagedFile, isSandbox, type SandboxConfig, writeConfig} from '../../sandbox/life/files.ts';
import {LaunchFailed, launch} from '../../sandbox/life/launch.ts';
import {removeSandbox} from '../../sandbox/life/remove.ts';
import {toldApi} from '../told-api.ts';
import {unreachable} from '../unreachable.ts';
import {listFiles, sandboxNodes} from './nodes.ts';
import type {TerminalStreams} from './terminal.ts';

export interface SandboxOptions {
  env: Environment;
  clock: Clock;
  /** statelab's own: its kubeconfigs lie in it. */
  stateDirectory: string;
  /** What `node exec` reads and writes. */
  streams: TerminalStreams;
  /** The sandboxes' own files: one directory each. */
  root: string;
}

/** Node names are made of it, and must fit into 63 characters. */
const nameLimit = 32;

/** Simulated clusters, each served by a process of its own in the background. */
export function sandboxProvider(options: SandboxOptions): Provider {
  const {root} = options;
  return {
    id: 'sandbox',
    check: async () => {},
    list: signal => listSandboxes(root, signal),
    create: (name, how, progress, signal) => create(root, name, how, progress, signal),
    remove: (name, signal) => remove(root, name, signal),
    connect: (name, signal) => connect(options, name, signal),
  };
}

async function listSandboxes(root: string, signal: AbortSignal): Promise<ClusterInfo[]> {
  const names = await readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found = await Promise.all(names.sort().map(name => describe(root, name, signal)));
  return found.filter(info => info !== undefined);
}

/** One that is damaged, or does not answer, does not run; that it is there is said all the same. */
async function describe(root: string, name: string, signal: AbortSignal): Promise<ClusterInfo | undefined> {
  const directory = join(root, name);
  if (!isSandbox(directory)) return undefined;
  const stopped: ClusterInfo = {provider: 'sandbox', name, ours: true, running: false, nodes: []};
  try {
    const client = await reach(directory, signal);
    if (!client) return stopped;
    const {machines, speed} = await client.report(signal);
    return {...stopped, running: true, speed, nodes: machines};
  } catch {
    signal.throwIfAborted();
    return stopped;
  }
}

async function create(
  root: string,
  name: string,
  {agents, speed = 1}: CreateOptions,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!isName(name)) throw new ExpectedError('cluster-name', {cluster: name, limit: nameLimit});
  const directory = join(root, name);
  const isNew = !isSandbox(directory);
  if (isNew) await writeNew(directory, {name, agents, speed, storage: 'local-path'});
  try {
    const client = await start(directory, name, signal);
    for (const machine of (await client.report(signal)).machines) progress(machine.name);
  } catch (error) {
    // With a signal of its own: the one that came in may be why we are here.
    if (isNew) await removeSandbox(directory, AbortSignal.timeout(10_000));
    throw error;
  }
}

const isName = (name: string) => name.length <= nameLimit && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);

async function writeNew(directory: string, config: SandboxConfig): Promise<void> {
  await writeConfig(directory, config).catch(error => {
    throw unwritable(directory, error);
  });
}

async function remove(root: string, name: string, signal: AbortSignal): Promise<void> {
  await removeSandbox(directoryOf(root, name), signal);
}

/** Starts its process where none serves it: after a reboot, say. */
async function connect(
  {root, stateDirectory, clock, env, streams}: SandboxOptions,
  name: string,
  signal: AbortSignal,
): Promise<Cluster> {
  const directory = directoryOf(root, name);
  const sandbox = await start(directory, name, signal);
  const {speed} = await sandbox.report(signal);
  const kubeconfig = kubeconfigFile(stateDirectory, 'sandbox', name);
  await writeKubeconfig(kubeconfig, parse(sandbox.kubeconfig) as KubeconfigContent);
  const client = openClient(kubeconfig);
  const nodes = sandboxNodes(sandbox, streams);
  return {
    provider: 'sandbox',
    name,
    speed,
    oldestKubectl: 'v1.27',
    kubeconfig,
    nodes,
    nodeOperations: true,
    sharedMount,
    api: toldApi(clusterApi(client, clock), unreachable('sandbox', name)),
    watch: clusterWatch(client, clock),
    probes: kubeProbes({
      client,
      kubeconfig,
      env,
      listFiles: ({node, path}, signal) => listFiles(sandbox, node, path, signal),
      machines: nodes.list,
    }),
    loadImages: async () => {},
    exists: async () => isSandbox(directory),
    close: () => client.close(),
  };
}

/** @throws ExpectedError `cluster-missing` */
function directoryOf(root: string, name: string): string {
  const directory = join(root, name);
  if (isName(name) && isSandbox(directory)) return directory;
  throw new ExpectedError('cluster-missing', {cluster: name, provider: 'sandbox'});
}

/** Why a sandbox cannot be had that somebody can do something about. */
const causes = [LaunchFailed, DamagedFile, Unresponsive];

/** @throws ExpectedError `sandbox-failed` */
async function start(directory: string, name: string, signal: AbortSignal): Promise<SandboxClient> {
  try {
    return await launch(directory, signal);
  } catch (error) {
    if (!causes.some(cause => error instanceof cause)) throw error;
    const {message: detail} = error as Error;
    throw new ExpectedError('sandbox-failed', {cluster: name, detail}, {cause: error});
  }
}
