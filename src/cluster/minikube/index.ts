import {join} from 'node:path';
import type {Provider} from '../../engine/ports.ts';
import type {KubeconfigContent} from '../../kube/kubeconfig.ts';
import {flattenContext} from '../context/flatten.ts';
import type {Maker} from '../docker/maker.ts';
import {type DockerOptions, dockerProvider} from '../docker/provider.ts';
import {makeCluster, startCluster} from './create.ts';
import {deleteCluster} from './delete.ts';
import {reasonOf} from './events.ts';
import {loadImages} from './images.ts';
import {findCluster, findProfile, listClusters} from './list.ts';
import {type Programs, programs} from './programs.ts';
import {profileStatus} from './status.ts';

/** Clusters made with the learner's own minikube: one profile each. */
export function minikubeProvider(options: DockerOptions): Provider {
  const run = programs(options.env, join(options.stateDirectory, 'kubeconfig', 'minikube.yaml'));
  return dockerProvider(minikube(run), options);
}

const minikube = (run: Programs): Maker => ({
  id: 'minikube',
  docker: run,
  services: ['coredns'], // the provisioner is a Pod without a controller
  reasonOf,
  async check(signal) {
    await run.minikube(['version', '--short'], {signal, timeout: 20_000});
  },
  list: signal => listClusters(run, signal),
  find: (profile, signal) => findCluster(run, profile, signal),
  exists: async (profile, signal) => (await findProfile(run, profile, signal)) !== undefined,
  nodes: async (profile, signal) => (await profileStatus(run, profile, signal))?.nodes,
  make: (profile, options, progress, signal) => makeCluster(run, profile, options, progress, signal),
  start: (profile, progress, signal) => startCluster(run, profile, progress, signal),
  delete: (profile, signal) => deleteCluster(run, profile, signal),
  // Also the start, where Docker could do it: minikube puts back what a container forgets.
  async switchNode(doing, node, profile, signal) {
    await run.minikube(['node', doing, node, '--profile', profile], {signal});
  },
  kubeconfig: (profile, signal) => kubeconfigOf(run, profile, signal),
  async loadImages(profile, nodes, images, progress, signal) {
    const {runtime} = (await findProfile(run, profile, signal)) ?? {};
    await loadImages(run, {cluster: profile, nodes, runtime}, images, progress, signal);
  },
});

/**
 * A copy of what minikube writes, with its certificates: that it is deleted with the profile concerns nobody who reads the
 * copy. The port of the API server is another one after each start, and minikube is asked for it.
 */
async function kubeconfigOf(run: Programs, profile: string, signal: AbortSignal): Promise<KubeconfigContent> {
  await run.minikube(['update-context', '--profile', profile], {signal});
  return flattenContext([run.kubeconfig], profile);
}
