import type {
  ControllerRevision,
  DaemonSet,
  Deployment,
  ReplicaSet,
  StatefulSet,
} from 'kubernetes-types/apps/v1.d.ts';
import type {CronJob, Job} from 'kubernetes-types/batch/v1.d.ts';
import type {Lease} from 'kubernetes-types/coordination/v1.d.ts';
import type {
  ConfigMap,
  Endpoints,
  Event,
  Namespace,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  ResourceQuota,
  Secret,
  Service,
  ServiceAccount,
} from 'kubernetes-types/core/v1.d.ts';
import type {EndpointSlice} from 'kubernetes-types/discovery/v1.d.ts';
import type {ObjectMeta} from 'kubernetes-types/meta/v1.d.ts';
import type {PodDisruptionBudget} from 'kubernetes-types/policy/v1.d.ts';
import type {CSINode, StorageClass, VolumeAttachment} from 'kubernetes-types/storage/v1.d.ts';

/** What the registry knows of every stored object's metadata. */
export interface StoredMeta extends ObjectMeta {
  name: string;
  uid: string;
  resourceVersion: string;
  /** RFC 3339, whole seconds, as Kubernetes writes it. */
  creationTimestamp: string;
}

/** Any object as the API knows it, before it is stored. */
export interface KubeObject {
  apiVersion?: string;
  kind?: string;
  metadata?: ObjectMeta;
  [field: string]: unknown;
}

/** An object in the registry. Frozen: a change makes a new one, from a draft of the same type. */
export type Stored<T = KubeObject> = Writable<Omit<T, 'metadata'>> & {
  apiVersion: string;
  kind: string;
  metadata: StoredMeta;
};
/** kubernetes-types has the status of some kinds for read-only. */
type Writable<T> = {-readonly [Field in keyof T]: T[Field]};

/**
 * The resources whose behaviour the sandbox knows, by the name kubectl takes: plural, and its group if it has one.
 * All others that are served (see schema/resources.ts) are stored without any behaviour.
 */
export interface Kinds {
  configmaps: ConfigMap;
  endpoints: Endpoints;
  events: Event;
  namespaces: Namespace;
  nodes: Node;
  persistentvolumeclaims: PersistentVolumeClaim;
  persistentvolumes: PersistentVolume;
  pods: Pod;
  resourcequotas: ResourceQuota;
  secrets: Secret;
  serviceaccounts: ServiceAccount;
  services: Service;
  'controllerrevisions.apps': ControllerRevision;
  'cronjobs.batch': CronJob;
  'csinodes.storage.k8s.io': CSINode;
  'daemonsets.apps': DaemonSet;
  'deployments.apps': Deployment;
  'endpointslices.discovery.k8s.io': EndpointSlice;
  'jobs.batch': Job;
  'leases.coordination.k8s.io': Lease;
  'poddisruptionbudgets.policy': PodDisruptionBudget;
  'replicasets.apps': ReplicaSet;
  'statefulsets.apps': StatefulSet;
  'storageclasses.storage.k8s.io': StorageClass;
  'volumeattachments.storage.k8s.io': VolumeAttachment;
}

/** A resource's id: a key of Kinds, or any other served one, e.g. `roles.rbac.authorization.k8s.io`. */
export type ResourceId = keyof Kinds | (string & {});
/** The stored shape of a resource's objects. */
export type Of<R extends ResourceId> = R extends keyof Kinds ? Stored<Kinds[R]> : Stored;
