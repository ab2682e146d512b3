import {claimNames} from '../claim-names.ts';
import {keyOf} from '../control/reconciler.ts';
import type {Change} from '../registry/registry.ts';
import {isFinished, isOf} from './changes.ts';
import type {ClusterState, Pod} from './cluster-state.ts';
import {needsNode, type Scheduling} from './scheduling.ts';

/**
 * Takes note of a change: what is where, which Pods wait, and which of those that were rejected to try again.
 * @returns the keys of Pods whose volumes may be there now
 */
export function noteChange(scheduling: Scheduling, change: Change): string[] {
  const {cluster, waiting, assumed} = scheduling;
  const keys = isOf(change, 'pods') ? notePod(scheduling, change) : [];
  if (isOf(change, 'nodes')) noteNode(cluster, change);
  if (!isOf(change, 'pods') || change.object.spec?.nodeName !== undefined) waiting.reconsider(change);
  if (!isOf(change, 'persistentvolumeclaims')) return keys;
  const {namespace, name} = change.object.metadata;
  const usesIt = ({pod}: {pod: Pod}) =>
    pod.metadata.namespace === namespace && claimNames(pod).includes(name);
  return [...assumed].filter(([, assumption]) => usesIt(assumption)).map(([key]) => key);
}

function noteNode(cluster: ClusterState, {type, object}: Change<'nodes'>): void {
  if (type === 'DELETED') cluster.removeNode(object.metadata.name);
  else cluster.setNode(object);
}

function notePod(
  {cluster, waiting, assumed}: Scheduling,
  {type, object: pod, before}: Change<'pods'>,
): string[] {
  const {uid} = pod.metadata;
  const key = keyOf(pod);
  const nodeName = pod.spec?.nodeName;
  const isOver = type === 'DELETED' || isFinished(pod);
  if (isOver || !needsNode(pod)) {
    waiting.remove(uid);
    assumed.delete(key);
    if (isOver || nodeName === undefined) cluster.removePod(uid);
    else cluster.setPod(pod, nodeName);
    return [];
  }
  if (assumed.has(key)) return [key];
  if (!waiting.isRejected(uid) || asksOtherwise(pod, before)) waiting.add(pod);
  return [];
}

/** Its own status, which the scheduler writes, changes nothing. */
const asksOtherwise = (pod: Pod, before: Pod | undefined) =>
  pod.spec !== before?.spec || pod.metadata.labels !== before?.metadata.labels;
