import type {KubeObject} from '../../src/world/object.ts';
import {object, pod} from './objects.ts';

export interface NodeIs {
  cordoned?: boolean;
  /** Its kubelet does not answer. */
  lost?: boolean;
  taint?: {key: string; value?: string; effect: string};
}

/** A node with the label that kubelets give, and the taints that the cluster sets. */
export function node(name: string, is: NodeIs = {}): KubeObject {
  const taints = [
    ...(is.cordoned ? [{key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule'}] : []),
    ...(is.lost ? [{key: 'node.kubernetes.io/unreachable', effect: 'NoExecute'}] : []),
    ...(is.taint ? [is.taint] : []),
  ];
  return object('nodes', name, {
    metadata: {labels: {'kubernetes.io/hostname': name}},
    spec: {...(is.cordoned ? {unschedulable: true} : {}), ...(taints.length > 0 ? {taints} : {})},
    status: {conditions: [{type: 'Ready', status: is.lost ? 'Unknown' : 'True'}]},
  });
}

/** A Pod that the scheduler has no node for. */
export const unscheduled = (name: string, says: string, spec: object = {}): KubeObject =>
  pod(name, {
    phase: 'Pending',
    conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: says}],
    spec,
  });
