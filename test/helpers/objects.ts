import type {WatchKind} from '../../src/lab/schema.ts';
import {clusterKinds, type KubeObject, kindNames} from '../../src/world/object.ts';

/** The namespace of the labs in tests. */
export const namespace = 'statelab-test';

type Metadata = Partial<KubeObject['metadata']>;
export interface Fields {
  metadata?: Metadata;
  [field: string]: unknown;
}

let version = 0;

/** An object in the lab's namespace; its UID is `uid-<name>` and every one built is a newer version. */
export function object(kind: WatchKind, name: string, {metadata, ...rest}: Fields = {}): KubeObject {
  version += 1;
  return {
    kind: kindNames[kind],
    metadata: {
      name,
      uid: `uid-${name}`,
      ...(clusterKinds.has(kind) ? {} : {namespace}),
      resourceVersion: String(version),
      ...metadata,
    },
    ...rest,
  };
}

export interface PodIs {
  uid?: string;
  /** Without it app=db. */
  labels?: Record<string, string>;
  phase?: string;
  ready?: boolean;
  node?: string;
  deleting?: boolean;
  namespace?: string;
  /** State of its one container, `db`. */
  container?: {state?: object; lastState?: object; restartCount?: number; image?: string; ready?: boolean};
  spec?: object;
  conditions?: object[];
}

export function pod(name: string, is: PodIs = {}): KubeObject {
  const {phase = 'Running', ready = phase === 'Running', node, container, conditions = []} = is;
  return object('pods', name, {
    metadata: {
      ...(is.uid === undefined ? {} : {uid: is.uid}),
      ...(is.namespace === undefined ? {} : {namespace: is.namespace}),
      labels: is.labels ?? {app: 'db'},
      ...(is.deleting ? {deletionTimestamp: '2026-01-01T00:00:00Z'} : {}),
    },
    spec: {...(node === undefined ? {} : {nodeName: node}), ...is.spec},
    status: {
      phase,
      conditions: [...conditions, {type: 'Ready', status: ready ? 'True' : 'False'}],
      ...(container
        ? {containerStatuses: [{name: 'db', image: 'mariadb:11.8', restartCount: 0, ...container}]}
        : {}),
    },
  });
}

export const deployment = (name: string, replicas: number, {metadata, ...rest}: Fields = {}): KubeObject =>
  object('deployments.apps', name, {metadata: {generation: 1, ...metadata}, spec: {replicas}, ...rest});

export const replicaSet = (name: string, owner: string, replicas: number): KubeObject =>
  object('replicasets.apps', name, {
    metadata: {ownerReferences: [{kind: 'Deployment', name: owner, uid: `uid-${owner}`}]},
    spec: {replicas},
  });

/** An event about an object, as the API tells it. */
export const eventAbout = (about: KubeObject, reason: string, message: string): KubeObject =>
  object('events', `${about.metadata.name}.${reason}`, {
    involvedObject: {uid: about.metadata.uid, name: about.metadata.name},
    reason,
    message,
  });

export const waiting = (reason: string, message?: string) => ({
  state: {waiting: {reason, ...(message === undefined ? {} : {message})}},
});
export const exited = (exitCode: number) => ({
  state: {terminated: {exitCode, reason: exitCode === 0 ? 'Completed' : 'Error'}},
});
