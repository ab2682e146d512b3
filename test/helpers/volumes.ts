import type {KubeObject} from '../../src/world/object.ts';
import {namespace, object, pod} from './objects.ts';

export interface ClaimIs {
  uid?: string;
  phase?: string;
  /** '' is no class on purpose; null leaves it out. */
  class?: string | null;
  volume?: string;
  size?: string;
  modes?: string[];
  labels?: Record<string, string>;
  deleting?: boolean;
}

/** A claim as the API server keeps one that asks for 1Gi of the class `my-mysql`. */
export function claim(name: string, is: ClaimIs = {}): KubeObject {
  const {phase = 'Pending', class: className = 'my-mysql', volume, size = '1Gi'} = is;
  return object('persistentvolumeclaims', name, {
    metadata: {
      ...(is.uid === undefined ? {} : {uid: is.uid}),
      finalizers: ['kubernetes.io/pvc-protection'],
      ...(is.deleting ? {deletionTimestamp: '2026-01-01T00:00:00Z'} : {}),
    },
    spec: {
      accessModes: is.modes ?? ['ReadWriteOnce'],
      resources: {requests: {storage: size}},
      volumeMode: 'Filesystem',
      ...(className === null ? {} : {storageClassName: className}),
      ...(volume === undefined ? {} : {volumeName: volume}),
      ...(is.labels ? {selector: {matchLabels: is.labels}} : {}),
    },
    status: {phase},
  });
}

export interface VolumeIs {
  phase?: string;
  class?: string;
  size?: string;
  modes?: string[];
  /** The claim that has it, or had it. */
  claim?: {name: string; uid?: string};
  policy?: 'Retain' | 'Delete';
  provisioned?: boolean;
  node?: string;
}

export function volume(name: string, is: VolumeIs = {}): KubeObject {
  const {phase = 'Available', class: className = 'my-mysql', size = '1Gi'} = is;
  return object('persistentvolumes', name, {
    metadata: is.provisioned
      ? {annotations: {'pv.kubernetes.io/provisioned-by': 'rancher.io/local-path'}}
      : {},
    spec: {
      accessModes: is.modes ?? ['ReadWriteOnce'],
      capacity: {storage: size},
      persistentVolumeReclaimPolicy: is.policy ?? 'Retain',
      storageClassName: className,
      volumeMode: 'Filesystem',
      ...(is.claim ? {claimRef: {kind: 'PersistentVolumeClaim', namespace, ...is.claim}} : {}),
      ...(is.node === undefined
        ? {hostPath: {path: '/share/mysql'}}
        : {
            nodeAffinity: {
              required: {
                nodeSelectorTerms: [
                  {matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: [is.node]}]},
                ],
              },
            },
          }),
    },
    status: {phase},
  });
}

export const storageClass = (name: string, binding = 'WaitForFirstConsumer'): KubeObject =>
  object('storageclasses.storage.k8s.io', name, {
    provisioner: 'rancher.io/local-path',
    volumeBindingMode: binding,
  });

/** A Pod that mounts a claim; Pending unless said otherwise. */
export const podWith = (name: string, claimName: string, is: Parameters<typeof pod>[1] = {}): KubeObject =>
  pod(name, {
    phase: 'Pending',
    ...is,
    spec: {volumes: [{name: 'data', persistentVolumeClaim: {claimName}}], ...is.spec},
  });
