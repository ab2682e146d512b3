import type {Capabilities, DefaultClass} from '../lab/needs.ts';
import type {KubeObject} from '../world/object.ts';
import {ifAllowed} from './if-allowed.ts';
import type {Cluster} from './ports.ts';

export type {Capabilities, DefaultClass} from '../lab/needs.ts';

/**
 * Finds out what a cluster can do for a lab.
 * @param namespace the lab's, which must be there
 * @param workers the nodes for Pods
 */
export async function capabilitiesOf(
  {api, nodeOperations, sharedMount}: Pick<Cluster, 'api' | 'nodeOperations' | 'sharedMount'>,
  namespace: string,
  workers: readonly string[],
  signal: AbortSignal,
): Promise<Capabilities> {
  const [hostPath, classes] = await Promise.all([
    api.admitsHostPath(namespace, signal),
    ifAllowed(api.storageClasses(signal)),
  ]);
  // Where nobody may look at StorageClasses, no lab can be sure of one.
  const standard = defaultClassOf(classes ?? []);
  return {
    // Where nobody may look at the nodes there is still one.
    workers: Math.max(workers.length, 1),
    hostPath,
    nodeOperations,
    ...(sharedMount === undefined ? {} : {sharedDirectory: sharedMount}),
    ...(standard ? {defaultClass: standard} : {}),
  };
}

/** Of several default classes Kubernetes takes the newest, and of those that are as new the first by name. */
function defaultClassOf(classes: readonly KubeObject[]): DefaultClass | undefined {
  const [found] = classes.filter(isDefault).sort(newestFirst);
  if (!found) return undefined;
  const {provisioner, volumeBindingMode = 'Immediate'} = found as KubeObject & {
    provisioner: string;
    volumeBindingMode?: DefaultClass['bindingMode'];
  };
  return {
    name: found.metadata.name,
    provisioner,
    bindingMode: volumeBindingMode,
    volumes: fates[provisioner] ?? 'follows',
  };
}

const isDefault = ({metadata: {annotations = {}}}: KubeObject): boolean =>
  annotations['storageclass.kubernetes.io/is-default-class'] === 'true' ||
  annotations['storageclass.beta.kubernetes.io/is-default-class'] === 'true';

const newestFirst = ({metadata: a}: KubeObject, {metadata: b}: KubeObject): number =>
  (b.creationTimestamp ?? '').localeCompare(a.creationTimestamp ?? '') || (a.name < b.name ? -1 : 1);

/** Provisioners whose volumes are directories of one node. Those of all others are taken to be reached over the network. */
const fates: Record<string, DefaultClass['volumes']> = {
  'rancher.io/local-path': 'pinned',
  'hostpath.csi.k8s.io': 'pinned',
  'k8s.io/minikube-hostpath': 'empty',
};
