import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {parse} from 'yaml';
import type {Clock, Cluster, ClusterInfo, Provider} from '../../engine/ports.ts';
import {ExpectedError} from '../../errors.ts';
import {clusterApi} from '../../kube/api.ts';
import {loadAhead, openClient} from '../../kube/client.ts';
import {type KubeconfigContent, kubeconfigFile, writeKubeconfig} from '../../kube/kubeconfig.ts';
import {sharedMount} from '../../kube/node-directory.ts';
import {kubeProbes} from '../../kube/probes.ts';
import type {Environment} from '../../kube/program.ts';
import {clusterWatch} from '../../kube/watch.ts';
import {listFiles} from '../docker/nodes.ts';
import {checkDocker} from '../docker/programs.ts';
import {markUnfinished} from '../docker/unfinished.ts';
import {awaitReady} from '../ready.ts';
import {clusterFailed, createCluster} from './create.ts';
import {deleteCluster} from './delete.ts';
import {loadImages} from './images.ts';
import {findCluster, listClusters} from './list.ts';
import {k3dNodes} from './nodes.ts';
import {type Programs, programs} from './programs.ts';

export {pinnedImage} from './create.ts';

export interface K3dOptions {
  env: Environment;
  clock: Clock;
  /** statelab's own: its kubeconfigs lie in it. */
  stateDirectory: string;
  /** Is stdin a terminal? For `node exec`. */
  terminal: boolean;
  /** What k3s would pull for itself, where it cannot: brought to the nodes as soon as they run. */
  systemImages?: readonly string[];
}

/** Clusters whose nodes are Docker containers, made with the learner's own k3d. */
export function k3dProvider(options: K3dOptions): Provider {
  const run = programs(options.env, join(options.stateDirectory, 'kubeconfig', 'none'));
  return {
    id: 'k3d',
    check: signal => checkPrograms(run, signal),
    list: signal => listClusters(run, signal),
    create(name, how, progress, signal) {
      loadAhead();
      const ready = (until: AbortSignal) => becomeReady(run, options, name, progress, until);
      return createCluster(run, name, how, progress, ready, signal);
    },
    remove: (name, signal) => removeCluster(run, options, name, signal),
    connect: (name, signal) => connect(run, options, name, signal),
  };
}

async function checkPrograms(run: Programs, signal: AbortSignal): Promise<void> {
  await checkDocker(run, signal);
  await run.k3d(['version'], {signal, timeout: 20_000});
}

/** Whoever wants it gone does not wait for a process that is still at it. */
async function removeCluster(
  run: Programs,
  {stateDirectory}: K3dOptions,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const {ours} = await getCluster(run, name, signal);
  if (!ours) throw new ExpectedError('cluster-taken', {cluster: name, provider: 'k3d'});
  const mark = await markUnfinished(run, 'k3d', name, 'delete', signal, {even: true});
  await deleteCluster(run, name, signal).catch(error => {
    throw clusterFailed(name, 'delete', error);
  });
  await rm(kubeconfigFile(stateDirectory, 'k3d', name), {force: true});
  await mark.end();
}

/** k3s' own. */
const services = ['coredns', 'local-path-provisioner'];

/** @throws ExpectedError `cluster-unready` */
async function becomeReady(
  run: Programs,
  {clock, stateDirectory, systemImages = []}: K3dOptions,
  name: string,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const kubeconfig = kubeconfigFile(stateDirectory, 'k3d', name);
  const [{nodes}, content] = await Promise.all([
    getCluster(run, name, signal),
    kubeconfigOf(run, name, signal),
  ]);
  await writeKubeconfig(kubeconfig, content);
  const client = openClient(kubeconfig);
  try {
    const names = nodes.map(node => node.name);
    await loadImages(run, {cluster: name, nodes: names}, systemImages, progress, signal);
    await awaitReady(client, clock, {cluster: name, nodes: names, services}, progress, signal);
  } finally {
    await client.close();
  }
}

async function connect(
  run: Programs,
  {clock, stateDirectory, terminal}: K3dOptions,
  name: string,
  signal: AbortSignal,
): Promise<Cluster> {
  const content = kubeconfigOf(run, name, signal);
  content.catch(() => {}); // that there is no such cluster, or that it is stopped, says more
  const {ours, running} = await getCluster(run, name, signal);
  if (!running) throw new ExpectedError('cluster-stopped', {cluster: name, provider: 'k3d'});
  const kubeconfig = kubeconfigFile(stateDirectory, 'k3d', name);
  await writeKubeconfig(kubeconfig, await content);
  const client = openClient(kubeconfig);
  const nodes = k3dNodes(run, {cluster: name, ours, terminal});
  return {
    provider: 'k3d',
    name,
    kubeconfig,
    nodes,
    nodeOperations: ours,
    ...(ours ? {sharedMount} : {}),
    api: clusterApi(client, clock),
    watch: clusterWatch(client, clock),
    probes: kubeProbes({
      client,
      kubeconfig,
      env: run.env,
      listFiles: ({node, path}, signal) => listFiles(run, node, path, signal),
      machines: nodes.list,
    }),
    async loadImages(images, progress, signal) {
      const up = (await nodes.list(signal)).filter(node => node.running).map(node => node.name);
      await loadImages(run, {cluster: name, nodes: up}, images, progress, signal);
    },
    exists: async signal => (await findCluster(run, name, signal)) !== undefined,
    close: () => client.close(),
  };
}

async function getCluster(run: Programs, name: string, signal: AbortSignal): Promise<ClusterInfo> {
  const found = await findCluster(run, name, signal);
  if (!found) throw new ExpectedError('cluster-missing', {cluster: name, provider: 'k3d'});
  return found;
}

/** k3d writes 0.0.0.0 for "published on every address": not one to connect to on Windows. The certificate names both. */
async function kubeconfigOf({k3d}: Programs, name: string, signal: AbortSignal): Promise<KubeconfigContent> {
  const {stdout} = await k3d(['kubeconfig', 'get', name], {signal});
  const content = parse(stdout) as KubeconfigContent;
  for (const {cluster} of content.clusters ?? []) {
    if (cluster.server) cluster.server = cluster.server.replace('//0.0.0.0:', '//127.0.0.1:');
  }
  return content;
}
