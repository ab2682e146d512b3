import type {KubeObject} from '../../src/world/object.ts';
import {kubectl} from './k3d.ts';
import type {Neighbourhood} from './neighbours.ts';

export interface SnapshotOptions {
  /**
   * Nodes may have been drained meanwhile, or stopped, or their Node object deleted, as the learner was told: then Pods
   * that a controller makes anew are others. What makes them is compared, with how many of them are Ready; not which ones,
   * and not since when. And a node that has registered itself anew is another object: it has another uid and age, and
   * another range of addresses for its Pods, none of which a client can choose.
   */
  drained: boolean;
}

/**
 * All objects of a cluster and all files on its nodes that are not Kubernetes' own, as text, one line each.
 *
 * Left out, because it changes by itself: Events and Leases; of each object resourceVersion and managedFields; of Nodes
 * the status (heartbeats, the images that are there) and the taints that Kubernetes sets.
 */
export async function snapshot(
  there: Neighbourhood,
  {drained}: SnapshotOptions,
): Promise<Record<string, string>> {
  const kinds = (await kubectl(there.kubeconfig, 'api-resources', '--verbs=list', '-o', 'name'))
    .split('\n')
    .filter(name => name !== '' && !changing.test(name));
  const {items} = JSON.parse(
    await kubectl(there.kubeconfig, 'get', kinds.join(','), '--all-namespaces', '-o', 'json'),
  ) as {items: KubeObject[]};
  const objects = items.flatMap(object => (drained ? afterDrain(object) : [object]));
  const files = await Promise.all(there.agents.map(node => filesOn(there, node)));
  return Object.fromEntries([...objects.map(lineOf), ...files.flat()].sort());
}

const changing = /^(events|leases|componentstatuses)\b/;

function lineOf(object: KubeObject): [string, string] {
  const {
    resourceVersion: _,
    managedFields: __,
    ...metadata
  } = object.metadata as KubeObject['metadata'] & {
    managedFields?: unknown;
  };
  const where = metadata.namespace === undefined ? '' : `${metadata.namespace}/`;
  const {status, ...node} = object;
  const kept = object.kind === 'Node' ? {...node, spec: nodeSpec(object)} : object;
  return [
    `${object.apiVersion} ${object.kind} ${where}${metadata.name}`,
    JSON.stringify({...kept, metadata}),
  ];
}

function nodeSpec({spec}: KubeObject): object {
  const {taints = [], ...rest} = (spec ?? {}) as {taints?: {key: string; timeAdded?: string}[]};
  const theirs = taints.filter(({key}) => !key.startsWith('node.kubernetes.io/'));
  return {...rest, taints: theirs.map(({timeAdded, ...taint}) => taint)};
}

function afterDrain(object: KubeObject): KubeObject[] {
  const {kind = '', metadata, status} = object;
  if (kind === 'Node' || kind === 'CSINode') return [afterRegistration(object)];
  const replaced = ['Endpoints', 'EndpointSlice'].includes(kind);
  const owner = metadata.ownerReferences?.[0]?.kind ?? '';
  if (replaced || (kind === 'Pod' && ['ReplicaSet', 'DaemonSet', 'StatefulSet'].includes(owner))) return [];
  if (!['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'].includes(kind)) return [object];
  const {readyReplicas, numberReady} = (status ?? {}) as {readyReplicas?: number; numberReady?: number};
  return [{...object, status: {ready: readyReplicas ?? numberReady ?? 0}}];
}

function afterRegistration({metadata, spec, ...object}: KubeObject): KubeObject {
  const {creationTimestamp: _, ownerReferences: __, ...kept} = metadata;
  const {podCIDR, podCIDRs, ...rest} = (spec ?? {}) as {podCIDR?: string; podCIDRs?: string[]};
  return {...object, metadata: {...kept, uid: ''}, spec: rest};
}

/** Where labs, provisioners and other people keep files on nodes. */
const directories = [
  '/srv',
  '/var/lib/statelab',
  '/var/lib/statelab-team',
  '/var/lib/rancher/k3s/storage',
  '/lab-shared',
];

async function filesOn({filesIn}: Neighbourhood, node: string): Promise<[string, string][]> {
  const files = await filesIn(node, directories);
  // A provisioner makes its own directory at its first volume.
  return files
    .filter(([path]) => path !== '/var/lib/rancher/k3s/storage')
    .map(([path, content]) => [`${node}:${path}`, content]);
}
