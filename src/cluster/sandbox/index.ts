import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import type {Writable} from 'node:stream';
import {parse} from 'yaml';
import type {Clock, Cluster, ClusterInfo, CreateOptions, NodeInfo, Provider} from '../../engine/ports.ts';
import {ExpectedError} from '../../errors.ts';
import {clusterApi} from '../../kube/api.ts';
import {openClient} from '../../kube/client.ts';
import {type KubeconfigContent, kubeconfigFile, writeKubeconfig} from '../../kube/kubeconfig.ts';
import {kubeProbes} from '../../kube/probes.ts';
import type {Environment} from '../../kube/program.ts';
import {clusterWatch} from '../../kube/watch.ts';
import {reach, type SandboxClient} from '../../sandbox/life/client.ts';
import {readConfig, type SandboxConfig, writeConfig} from '../../sandbox/life/files.ts';
import {LaunchFailed, launch} from '../../sandbox/life/launch.ts';
import {removeSandbox} from '../../sandbox/life/remove.ts';
import {listFiles, sandboxNodes} from './nodes.ts';

export interface SandboxOptions {
  env: Environment;
  clock: Clock;
  /** statelab's own: its kubeconfigs lie in it. */
  stateDirectory: string;
  /** Where the output of `node exec` goes. */
  stdout: Writable;
  /** The sandboxes' own files: one directory each. */
  root: string;
}

/** Node names are made of it, and must fit into 63 characters. */
const nameLimit = 32;

/** Simulated clusters, each served by a process of its own in the background. */
export function sandboxProvider(options: SandboxOptions): Provider {
  return {
    id: 'sandbox',
    check: async () => {},
    list: signal => listSandboxes(options.root, signal),
    create: (name, how, progress, signal) => create(options.root, name, how, progress, signal),
    async remove(name, signal) {
      await getConfig(options.root, name);
      await removeSandbox(join(options.root, name), signal);
    },
    connect: (name, signal) => connect(options, name, signal),
  };
}

async function listSandboxes(root: string, signal: AbortSignal): Promise<ClusterInfo[]> {
  const names = await readdir(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found = await Promise.all(names.map(name => describe(root, name, signal)));
  return found.filter(info => info !== undefined);
}

async function describe(root: string, name: string, signal: AbortSignal): Promise<ClusterInfo | undefined> {
  const directory = join(root, name);
  const config = await readConfig(directory);
  if (!config) return undefined;
  const client = await reach(directory, signal);
  const nodes: NodeInfo[] = client ? (await client.report(signal)).machines : [];
  return {provider: 'sandbox', name, ours: true, running: client !== undefined, nodes};
}

async function create(
  root: string,
  name: string,
  {agents, speed = 1}: CreateOptions,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (name.length > nameLimit || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name))
    throw new ExpectedError('cluster-name', {cluster: name, limit: nameLimit});
  const directory = join(root, name);
  const config: SandboxConfig = {name, agents, speed, storage: 'local-path'};
  if (!(await readConfig(directory))) await writeConfig(directory, config);
  const client = await start(directory, name, signal);
  for (const machine of (await client.report(signal)).machines) progress(machine.name);
}

/** Starts its process where none serves it: after a reboot, say. */
async function connect(
  {root, stateDirectory, clock, env, stdout}: SandboxOptions,
  name: string,
  signal: AbortSignal,
): Promise<Cluster> {
  const directory = join(root, name);
  const {speed} = await getConfig(root, name);
  const sandbox = await start(directory, name, signal);
  const kubeconfig = kubeconfigFile(stateDirectory, 'sandbox', name);
  await writeKubeconfig(kubeconfig, parse(sandbox.kubeconfig) as KubeconfigContent);
  const client = openClient(kubeconfig);
  return {
    provider: 'sandbox',
    name,
    speed,
    kubeconfig,
    nodes: sandboxNodes(sandbox, stdout),
    api: clusterApi(client, clock),
    watch: clusterWatch(client, clock),
    probes: kubeProbes({client, kubeconfig, env, listFiles: (...look) => listFiles(sandbox, ...look)}),
    loadImages: async () => {},
    exists: async one => (await describe(root, name, one)) !== undefined,
    close: () => client.close(),
  };
}

async function getConfig(root: string, name: string): Promise<SandboxConfig> {
  const config = await readConfig(join(root, name));
  if (!config) throw new ExpectedError('cluster-missing', {cluster: name, provider: 'sandbox'});
  return config;
}

async function start(directory: string, name: string, signal: AbortSignal): Promise<SandboxClient> {
  try {
    return await launch(directory, signal);
  } catch (error) {
    if (!(error instanceof LaunchFailed)) throw error;
    throw new ExpectedError(
      'cluster-failed',
      {cluster: name, doing: 'start', detail: error.message},
      {cause: error},
    );
  }
}
