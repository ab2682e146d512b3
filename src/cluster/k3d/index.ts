import {join} from 'node:path';
import {parse} from 'yaml';
import type {Provider} from '../../engine/ports.ts';
import type {KubeconfigContent} from '../../kube/kubeconfig.ts';
import type {Maker} from '../docker/maker.ts';
import {type DockerOptions, dockerProvider} from '../docker/provider.ts';
import {createArguments} from './create.ts';
import {deleteCluster} from './delete.ts';
import {loadImages} from './images.ts';
import {findCluster, listClusters} from './list.ts';
import {type Programs, programs, reasonOf, tellSteps} from './programs.ts';

export {pinnedImage} from './create.ts';

export interface K3dOptions extends DockerOptions {
  /** What k3s would pull for itself, where it cannot: brought to the nodes as soon as they run. */
  systemImages?: readonly string[];
}

/** Clusters made with the learner's own k3d. */
export function k3dProvider(options: K3dOptions): Provider {
  const run = programs(options.env, join(options.stateDirectory, 'kubeconfig', 'none'));
  return dockerProvider(k3d(run, options.systemImages ?? []), options);
}

const k3d = (run: Programs, systemImages: readonly string[]): Maker => ({
  id: 'k3d',
  docker: run,
  services: ['coredns', 'local-path-provisioner'],
  reasonOf,
  async check(signal) {
    await run.k3d(['version'], {signal, timeout: 20_000});
  },
  list: signal => listClusters(run, signal),
  find: (cluster, signal) => findCluster(run, cluster, signal),
  exists: async (cluster, signal) => (await findCluster(run, cluster, signal)) !== undefined,
  nodes: async (cluster, signal) => (await findCluster(run, cluster, signal))?.nodes,
  async make(cluster, options, progress, signal) {
    await run.k3d(createArguments(cluster, options, run.env), {signal, progress: tellSteps(progress)});
    await bringSystemImages(run, cluster, systemImages, progress, signal);
  },
  async start(cluster, progress, signal) {
    const args = ['cluster', 'start', cluster, '--timeout', '180s'];
    await run.k3d(args, {signal, progress: tellSteps(progress)});
    await bringSystemImages(run, cluster, systemImages, progress, signal); // its making may have ended before they came
  },
  delete: (cluster, signal) => deleteCluster(run, cluster, signal),
  async switchNode(doing, node, _cluster, signal) {
    await run.k3d(['node', doing, node], {signal});
  },
  kubeconfig: (cluster, signal) => kubeconfigOf(run, cluster, signal),
  loadImages: (cluster, nodes, images, progress, signal) =>
    loadImages(run, {cluster, nodes}, images, progress, signal),
});

async function bringSystemImages(
  run: Programs,
  cluster: string,
  images: readonly string[],
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (images.length === 0) return;
  const nodes = (await findCluster(run, cluster, signal))?.nodes.map(({name}) => name) ?? [];
  await loadImages(run, {cluster, nodes}, images, progress, signal);
}

/** k3d writes 0.0.0.0 for "published on every address": not one to connect to on Windows. The certificate names both. */
async function kubeconfigOf(run: Programs, cluster: string, signal: AbortSignal): Promise<KubeconfigContent> {
  const {stdout} = await run.k3d(['kubeconfig', 'get', cluster], {signal});
  const content = parse(stdout) as KubeconfigContent;
  for (const {cluster} of content.clusters ?? []) {
    if (cluster.server) cluster.server = cluster.server.replace('//0.0.0.0:', '//127.0.0.1:');
  }
  return content;
}
