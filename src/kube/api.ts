import {ifAllowed} from '../engine/if-allowed.ts';
import type {Clock, ClusterApi, Taint} from '../engine/ports.ts';
import {ExpectedError} from '../errors.ts';
import type {KubeObject} from '../world/object.ts';
import {abandonPods} from './abandon-pods.ts';
import {may, userOf} from './access.ts';
import {hasStatus, type KubeClient} from './client.ts';
import {defaultClassName} from './default-class.ts';
import {emptyNamespace} from './empty-namespace.ts';
import {gone} from './gone.ts';
import {admitsHostPath} from './host-path.ts';
import {list, withoutManagedFields} from './list.ts';
import {nodeReady} from './node-ready.ts';
import {deleteVolume, releaseVolume} from './persistent-volumes.ts';
import {clearNamespace, holdsWork} from './prepared-namespace.ts';

/** Marks all that statelab makes in a cluster. */
export const managedBy = {'app.kubernetes.io/managed-by': 'statelab'};
const labLabel = 'statelab.dev/lab';
const ownerAnnotation = 'statelab.dev/owner';

/** @param otherIdentity for those who may not look at kube-system: what tells the cluster from others */
export function clusterApi(client: KubeClient, clock: Clock, otherIdentity?: string): ClusterApi {
  const find = async (
    resource: string,
    name: string,
    signal: AbortSignal,
  ): Promise<KubeObject | undefined> => {
    try {
      return withoutManagedFields(
        (await client.call({verb: 'get', resource, name}, signal)) as unknown as KubeObject,
      );
    } catch (error) {
      if (hasStatus(error, 404)) return undefined;
      throw error;
    }
  };
  const namespace = (name: string, signal: AbortSignal) => find('namespaces', name, signal);
  const all = async (resource: string, signal: AbortSignal) =>
    (await list(client, {resource}, signal)).objects;
  const patchNode = (name: string, body: object, signal: AbortSignal) =>
    client.call({verb: 'patch', resource: 'nodes', name, body}, signal);

  return {
    namespace,
    version: signal => client.version(signal),
    nodes: signal => all('nodes', signal),
    nodeReady: (node, signal) => nodeReady(client, clock, node, signal),
    storageClasses: signal => all('storageclasses.storage.k8s.io', signal),
    defaultClassName: (namespace, signal) => defaultClassName(client, namespace, signal),
    user: signal => userOf(client, signal),
    may: (access, signal) => may(client, access, signal),
    admitsHostPath: (namespace, signal) => admitsHostPath(client, namespace, signal),
    persistentVolumes: signal => all('persistentvolumes', signal),
    deletePersistentVolume: (name, signal) => deleteVolume(client, clock, name, signal),
    releasePersistentVolume: (name, signal) => releaseVolume(client, clock, name, signal),
    objects: async (resource, namespace, signal) =>
      (await list(client, {resource, namespace}, signal)).objects,
    async deleteObject(resource, namespace, name, signal) {
      const body = {propagationPolicy: 'Foreground'};
      try {
        await client.call({verb: 'delete', resource, namespace, name, body}, signal);
      } catch (error) {
        if (!hasStatus(error, 404)) throw error;
      }
      await gone(client, clock, {resource, namespace, name}, signal);
    },
    abandonPods: (namespace, answering, signal) => abandonPods(client, namespace, answering, signal),
    async identity(signal) {
      const system = find('namespaces', 'kube-system', signal);
      const uid = (await (otherIdentity === undefined ? system : ifAllowed(system)))?.metadata.uid;
      const identity = uid ?? otherIdentity;
      if (identity === undefined) throw new Error('the cluster has no namespace kube-system');
      return identity;
    },
    async ensureNamespace(name, lab, signal, owner) {
      for (;;) {
        const found =
          (await namespace(name, signal)) ?? (await createNamespace(client, {name, lab, owner}, signal));
        if (found) checkOurs(found, lab, owner);
        if (found && found.metadata.deletionTimestamp === undefined) return found.metadata.uid;
        if (found) await gone(client, clock, {resource: 'namespaces', name}, signal);
      }
    },
    async deleteNamespace(name, signal) {
      try {
        await client.call({verb: 'delete', resource: 'namespaces', name}, signal);
      } catch (error) {
        if (hasStatus(error, 404)) return;
        if (!hasStatus(error, 409)) throw error; // 409: it is being deleted already
      }
      await emptyNamespace(client, name, signal);
      await gone(client, clock, {resource: 'namespaces', name}, signal);
    },
    holdsWork: (namespace, signal) => holdsWork(client, namespace, signal),
    clearNamespace: (name, signal) => clearNamespace(client, clock, name, signal),
    async setSchedulable(node, schedulable, signal) {
      await patchNode(node, {spec: {unschedulable: schedulable ? null : true}}, signal);
    },
    async patchNode(node, {labels, annotations, taints}, signal) {
      if (labels) await patchNode(node, {metadata: {labels}}, signal);
      if (annotations) await patchNode(node, {metadata: {annotations}}, signal);
      if (taints) await replaceTaints(client, node, taints, signal);
    },
  };
}

/** @throws ExpectedError `namespace-taken` */
function checkOurs({metadata}: KubeObject, lab: string, owner: string | undefined): void {
  const {name: namespace, labels = {}, annotations = {}} = metadata;
  if (labels[labLabel] !== lab) throw new ExpectedError('namespace-taken', {namespace});
  const other = annotations[ownerAnnotation];
  if (owner !== undefined && other !== undefined && other !== owner)
    throw new ExpectedError('namespace-taken', {namespace, owner: other});
}

interface NewNamespace {
  name: string;
  lab: string;
  owner: string | undefined;
}

/** Undefined when somebody else has just made one. */
async function createNamespace(client: KubeClient, {name, lab, owner}: NewNamespace, signal: AbortSignal) {
  const annotations = owner === undefined ? {} : {[ownerAnnotation]: owner};
  const body = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {name, labels: {...managedBy, [labLabel]: lab}, annotations},
  };
  try {
    return (await client.call(
      {verb: 'create', resource: 'namespaces', body},
      signal,
    )) as unknown as KubeObject;
  } catch (error) {
    if (hasStatus(error, 409)) return undefined;
    throw error;
  }
}

/** Those that Kubernetes sets and takes away by itself (cordon, not ready, pressure) stay when the others are replaced. */
async function replaceTaints(
  client: KubeClient,
  name: string,
  wanted: Taint[],
  signal: AbortSignal,
): Promise<void> {
  const node = (await client.call({verb: 'get', resource: 'nodes', name}, signal)) as unknown as KubeObject;
  const {taints = []} = (node.spec ?? {}) as {taints?: Taint[]};
  const kept = taints.filter(({key}) => setByKubernetes.test(key));
  const {resourceVersion} = node.metadata;
  const body = {metadata: {resourceVersion}, spec: {taints: [...kept, ...wanted]}};
  try {
    await client.call({verb: 'patch', resource: 'nodes', name, body}, signal);
  } catch (error) {
    if (!hasStatus(error, 409)) throw error; // 409: the node has changed since it was read
    await replaceTaints(client, name, wanted, signal);
  }
}
const setByKubernetes = /^node\.kubernetes\.io\/(?!out-of-service)/;
