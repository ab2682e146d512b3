import {keyOf} from '../control/reconciler.ts';
import {StatusError} from '../status-error.ts';
import {bindPod} from './bind-pod.ts';
import type {Pod} from './cluster-state.ts';
import {findNode} from './find-node.ts';
import {leavesVolumesOpen, orderVolumes} from './order-volumes.ts';
import {rejectPod} from './reject-pod.ts';
import {needsNode, type Scheduling} from './scheduling.ts';

/**
 * Takes the next waiting Pod, and finds a node for it or says why there is none.
 * @throws StatusError when the API refuses what was decided; the Pod waits again
 */
export function scheduleNext(scheduling: Scheduling): void {
  const {context, waiting} = scheduling;
  const next = waiting.next();
  if (!next) return;
  const {namespace, name, uid} = next.metadata;
  const pod = context.registry.get('pods', namespace, name);
  if (pod?.metadata.uid !== uid || !needsNode(pod)) return;
  try {
    schedule(scheduling, pod);
  } catch (error) {
    if (error instanceof StatusError) waiting.add(pod);
    else waiting.reject(pod, new Set());
    throw error;
  }
}

function schedule({context, cluster, waiting, assumed}: Scheduling, pod: Pod): void {
  const decision = findNode(pod, cluster);
  if ('message' in decision) {
    waiting.reject(pod, decision.rejectedBy);
    rejectPod(context, pod, decision.message);
    return;
  }
  const {node} = decision;
  const nodeName = node.metadata.name;
  cluster.setPod(pod, nodeName);
  if (!leavesVolumesOpen(context, pod)) {
    bindPod(context, pod, nodeName);
    return;
  }
  assumed.set(keyOf(pod), {pod, nodeName, since: context.clock.now()});
  orderVolumes(context, pod, node);
}
