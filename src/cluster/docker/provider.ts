import {rm} from 'node:fs/promises';
import type {Clock, Cluster, ClusterInfo, Provider} from '../../engine/ports.ts';
import {ExpectedError} from '../../errors.ts';
import {clusterApi} from '../../kube/api.ts';
import {loadAhead, openClient} from '../../kube/client.ts';
import {type KubeconfigContent, kubeconfigFile, writeKubeconfig} from '../../kube/kubeconfig.ts';
import {sharedMount} from '../../kube/node-directory.ts';
import {kubeProbes} from '../../kube/probes.ts';
import type {Environment} from '../../kube/program.ts';
import {clusterWatch} from '../../kube/watch.ts';
import {awaitReady} from '../ready.ts';
import {toldApi} from '../told-api.ts';
import {unreachable} from '../unreachable.ts';
import {createCluster} from './create.ts';
import {clusterFailed} from './failed.ts';
import {type Maker, telling} from './maker.ts';
import {nodeOperations} from './node-operations.ts';
import {listFiles} from './nodes.ts';
import {checkDocker} from './programs.ts';
import {markUnfinished} from './unfinished.ts';

export interface DockerOptions {
  env: Environment;
  clock: Clock;
  /** statelab's own: its kubeconfigs lie in it. */
  stateDirectory: string;
  /** Is stdin a terminal? For `node exec`. */
  terminal: boolean;
}

/** Clusters whose nodes are Docker containers, made with a program of the learner's. */
export function dockerProvider(made: Maker, options: DockerOptions): Provider {
  const maker = telling(made);
  return {
    id: maker.id,
    async check(signal) {
      await checkDocker(maker.docker, signal);
      await maker.check(signal);
    },
    list: signal => maker.list(signal),
    create(name, how, progress, signal) {
      loadAhead();
      const ready = (until: AbortSignal) => becomeReady(maker, options, name, progress, until);
      return createCluster(maker, name, how, progress, ready, signal);
    },
    remove: (name, signal) => removeCluster(maker, options, name, signal),
    connect: (name, signal) => connect(maker, options, name, signal),
  };
}

/** Whoever wants it gone does not wait for a process that is still at it. */
async function removeCluster(
  maker: Maker,
  {stateDirectory}: DockerOptions,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const {ours} = await getCluster(maker, name, signal);
  if (!ours) throw new ExpectedError('cluster-taken', {cluster: name, provider: maker.id});
  const failed = (error: unknown) => {
    throw clusterFailed(maker.reasonOf, name, 'delete', error);
  };
  const even = {even: true};
  const mark = await markUnfinished(maker.docker, maker.id, name, 'delete', signal, even).catch(failed);
  await maker.delete(name, signal).catch(failed);
  await rm(kubeconfigFile(stateDirectory, maker.id, name), {force: true});
  await mark.end().catch(failed);
}

/** @throws ExpectedError `cluster-unready` */
async function becomeReady(
  maker: Maker,
  options: DockerOptions,
  cluster: string,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const [found, content] = await Promise.all([
    maker.nodes(cluster, signal),
    kubeconfigOf(maker, cluster, signal),
  ]);
  const client = openClient(await writeOwnKubeconfig(maker, options, cluster, content));
  try {
    // A cluster that runs already may have some that the learner has stopped.
    const nodes = (found ?? []).filter(({running}) => running).map(({name}) => name);
    await awaitReady(client, options.clock, {cluster, nodes, services: maker.services}, progress, signal);
  } finally {
    await client.close();
  }
}

async function connect(
  maker: Maker,
  options: DockerOptions,
  name: string,
  signal: AbortSignal,
): Promise<Cluster> {
  const {clock, terminal} = options;
  const {docker} = maker;
  const content = kubeconfigOf(maker, name, signal);
  content.catch(() => {}); // that there is no such cluster, or that it is stopped, says more
  const {ours, running} = await getCluster(maker, name, signal);
  if (!running) throw new ExpectedError('cluster-stopped', {cluster: name, provider: maker.id});
  const kubeconfig = await writeOwnKubeconfig(maker, options, name, await content);
  const client = openClient(kubeconfig);
  const nodes = nodeOperations(maker, {cluster: name, ours, terminal});
  return {
    provider: maker.id,
    name,
    kubeconfig,
    nodes,
    nodeOperations: ours,
    ...(ours ? {sharedMount} : {}),
    api: toldApi(clusterApi(client, clock), unreachable(maker.id, name)),
    watch: clusterWatch(client, clock),
    probes: kubeProbes({
      client,
      kubeconfig,
      env: docker.env,
      listFiles: ({node, path}, signal) => listFiles(docker, node, path, signal),
      machines: nodes.list,
    }),
    async loadImages(images, progress, signal) {
      const up = (await nodes.list(signal)).filter(node => node.running).map(node => node.name);
      await maker.loadImages(name, up, images, progress, signal).catch(error => {
        throw clusterFailed(maker.reasonOf, name, 'load images', error); // a node may be stopped meanwhile
      });
    },
    exists: signal => maker.exists(name, signal),
    close: () => client.close(),
  };
}

async function getCluster(maker: Maker, name: string, signal: AbortSignal): Promise<ClusterInfo> {
  const found = await maker.find(name, signal);
  if (!found) throw new ExpectedError('cluster-missing', {cluster: name, provider: maker.id});
  return found;
}

const kubeconfigOf = (maker: Maker, name: string, signal: AbortSignal): Promise<KubeconfigContent> =>
  maker.kubeconfig(name, signal).catch(error => {
    throw clusterFailed(maker.reasonOf, name, 'connect', error);
  });

/** @returns the file, which is none of the learner's */
async function writeOwnKubeconfig(
  maker: Maker,
  {stateDirectory}: DockerOptions,
  name: string,
  content: KubeconfigContent,
): Promise<string> {
  const file = kubeconfigFile(stateDirectory, maker.id, name);
  await writeKubeconfig(file, content);
  return file;
}
