import type {WatchKind} from '../lab/schema.ts';

/** Milliseconds since 1970, from the clock that was handed in. */
export type Millis = number;

export type Json = string | number | boolean | null | Json[] | {[key: string]: Json};
export type JsonMap = {[key: string]: Json};

/** A Kubernetes object as the API gave it, without managedFields. */
export interface KubeObject {
  apiVersion?: string;
  kind?: string;
  metadata: {
    name: string;
    uid: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    generation?: number;
    resourceVersion?: string;
    ownerReferences?: {kind: string; name: string; uid: string}[];
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** Enough to name an object to a person and to find it again. */
export interface ObjectRef {
  kind: WatchKind;
  name: string;
  namespace?: string;
  uid: string;
}

export const refOf = (kind: WatchKind, {metadata}: KubeObject): ObjectRef => ({
  kind,
  name: metadata.name,
  uid: metadata.uid,
  ...(metadata.namespace === undefined ? {} : {namespace: metadata.namespace}),
});

/** "Pod" for pods, "Deployment" for deployments.apps: what people call one of that kind. */
export const kindNames: Record<WatchKind, string> = {
  pods: 'Pod',
  services: 'Service',
  persistentvolumeclaims: 'PersistentVolumeClaim',
  persistentvolumes: 'PersistentVolume',
  configmaps: 'ConfigMap',
  secrets: 'Secret',
  events: 'Event',
  nodes: 'Node',
  'deployments.apps': 'Deployment',
  'replicasets.apps': 'ReplicaSet',
  'statefulsets.apps': 'StatefulSet',
  'daemonsets.apps': 'DaemonSet',
  'jobs.batch': 'Job',
  'endpointslices.discovery.k8s.io': 'EndpointSlice',
  'storageclasses.storage.k8s.io': 'StorageClass',
  'poddisruptionbudgets.policy': 'PodDisruptionBudget',
};

/** Kinds that stand in no namespace. */
export const clusterKinds: ReadonlySet<WatchKind> = new Set([
  'nodes',
  'persistentvolumes',
  'storageclasses.storage.k8s.io',
]);
