import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import type {Clock, Cluster, ClusterInfo, Provider} from '../../engine/ports.ts';
import {ExpectedError} from '../../errors.ts';
import {clusterApi} from '../../kube/api.ts';
import {openClient} from '../../kube/client.ts';
import {kubeconfigFile, writeKubeconfig} from '../../kube/kubeconfig.ts';
import {sharedMount} from '../../kube/node-directory.ts';
import {kubeProbes} from '../../kube/probes.ts';
import type {Environment} from '../../kube/program.ts';
import {clusterWatch} from '../../kube/watch.ts';
import {flattenContext} from '../context/flatten.ts';
import {listFiles} from '../docker/nodes.ts';
import {checkDocker} from '../docker/programs.ts';
import {markUnfinished} from '../docker/unfinished.ts';
import {awaitReady} from '../ready.ts';
import {clusterFailed, createCluster} from './create.ts';
import {deleteCluster} from './delete.ts';
import {loadImages} from './images.ts';
import {findCluster, findProfile, listClusters} from './list.ts';
import {minikubeNodes} from './nodes.ts';
import {type Programs, programs} from './programs.ts';

export interface MinikubeOptions {
  env: Environment;
  clock: Clock;
  /** statelab's own: its kubeconfigs lie in it. */
  stateDirectory: string;
  /** Is stdin a terminal? For `node exec`. */
  terminal: boolean;
}

/** Clusters whose nodes are Docker containers, made with the learner's own minikube: one profile each. */
export function minikubeProvider(options: MinikubeOptions): Provider {
  const run = programs(options.env, join(options.stateDirectory, 'kubeconfig', 'minikube.yaml'));
  return {
    id: 'minikube',
    check: signal => checkPrograms(run, signal),
    list: signal => listClusters(run, signal),
    create: (name, how, progress, signal) =>
      createCluster(
        run,
        name,
        how,
        progress,
        until => becomeReady(run, options, name, progress, until),
        signal,
      ),
    remove: (name, signal) => removeCluster(run, options, name, signal),
    connect: (name, signal) => connect(run, options, name, signal),
  };
}

async function checkPrograms(run: Programs, signal: AbortSignal): Promise<void> {
  await checkDocker(run, signal);
  await run.minikube(['version', '--short'], {signal, timeout: 20_000});
}

/** Whoever wants it gone does not wait for a process that is still at it. */
async function removeCluster(
  run: Programs,
  {stateDirectory}: MinikubeOptions,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const {ours} = await getCluster(run, name, signal);
  if (!ours) throw new ExpectedError('cluster-taken', {cluster: name, provider: 'minikube'});
  const mark = await markUnfinished(run, 'minikube', name, 'delete', signal, {even: true});
  await deleteCluster(run, name, signal).catch(error => {
    throw clusterFailed(name, 'delete', error);
  });
  await rm(kubeconfigFile(stateDirectory, 'minikube', name), {force: true});
  await mark.end();
}

/** minikube's own; the provisioner is a Pod without a controller. */
const services = ['coredns'];

/** @throws ExpectedError `cluster-unready` */
async function becomeReady(
  run: Programs,
  options: MinikubeOptions,
  name: string,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const {nodes} = await getCluster(run, name, signal);
  const client = openClient(await writeOwnKubeconfig(run, options, name, signal));
  try {
    const names = nodes.map(node => node.name);
    await awaitReady(client, options.clock, {cluster: name, nodes: names, services}, progress, signal);
  } finally {
    await client.close();
  }
}

async function connect(
  run: Programs,
  options: MinikubeOptions,
  name: string,
  signal: AbortSignal,
): Promise<Cluster> {
  const {clock, terminal} = options;
  const {ours, running} = await getCluster(run, name, signal);
  if (!running) throw new ExpectedError('cluster-stopped', {cluster: name, provider: 'minikube'});
  const kubeconfig = await writeOwnKubeconfig(run, options, name, signal);
  const client = openClient(kubeconfig);
  const nodes = minikubeNodes(run, {cluster: name, ours, terminal});
  return {
    provider: 'minikube',
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
      const {runtime} = (await findProfile(run, name, signal)) ?? {};
      const up = (await nodes.list(signal)).filter(node => node.running).map(node => node.name);
      await loadImages(run, {cluster: name, nodes: up, runtime}, images, progress, signal);
    },
    exists: async signal => (await findProfile(run, name, signal)) !== undefined,
    close: () => client.close(),
  };
}

async function getCluster(run: Programs, name: string, signal: AbortSignal): Promise<ClusterInfo> {
  const found = await findCluster(run, name, signal);
  if (!found) throw new ExpectedError('cluster-missing', {cluster: name, provider: 'minikube'});
  return found;
}

/**
 * A copy of what minikube writes, with its certificates: that it is deleted with the profile concerns nobody who reads the
 * copy. The port of the API server is another one after each start, and minikube is asked for it.
 * @returns the file
 */
async function writeOwnKubeconfig(
  run: Programs,
  {stateDirectory}: MinikubeOptions,
  name: string,
  signal: AbortSignal,
): Promise<string> {
  await run.minikube(['update-context', '--profile', name], {signal}).catch(error => {
    throw clusterFailed(name, 'connect', error);
  });
  const file = kubeconfigFile(stateDirectory, 'minikube', name);
  await writeKubeconfig(file, await flattenContext([run.kubeconfig], name));
  return file;
}
