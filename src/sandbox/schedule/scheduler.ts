import {claimNames} from '../claim-names.ts';
import type {Controller} from '../control/controller.ts';
import {fromKey, keyOf} from '../control/reconciler.ts';
import {type WorkQueue, workQueue} from '../control/work-queue.ts';
import type {Kinds} from '../objects.ts';
import type {Change} from '../registry/registry.ts';
import {StatusError} from '../status-error.ts';
import {bindPod} from './bind-pod.ts';
import {isFinished, isOf} from './changes.ts';
import {type ClusterState, clusterState, type Pod} from './cluster-state.ts';
import {findNode} from './find-node.ts';
import {orderVolumes, volumesOrdered} from './order-volumes.ts';
import {rejectPod} from './reject-pod.ts';
import {longestRejection, type WaitingPods, waitingPods} from './waiting-pods.ts';

/** The default scheduler: gives each Pod without a node the one that fits best, as soon as one fits. */
export const scheduler: Controller = context => {
  const {registry, clock, signal} = context;
  const cluster = clusterState(registry);
  const waiting = waitingPods(clock);
  const assumed: Assumed = new Map();

  const work = (key: string) => (key === schedulingTurn ? turn() : finish(key));
  const queue = workQueue(context, 'default-scheduler', work);
  const turn = () => {
    waiting.reconsiderOldest();
    for (let attempts = 0; attempts < attemptsPerTurn; attempts++) {
      const pod = waiting.next();
      if (!pod) break;
      trying(pod);
    }
    if (waiting.ready > 0) queue.add(schedulingTurn);
    return waiting.rejected > 0 ? {after: longestRejection} : undefined;
  };
  const trying = (pod: Pod) => {
    try {
      attempt(pod);
    } catch (error) {
      if (error instanceof StatusError) waiting.add(pod);
      else waiting.reject(pod, new Set());
      throw error;
    }
  };
  const attempt = ({metadata: {namespace, name, uid}}: Pod) => {
    const pod = registry.get('pods', namespace, name);
    if (pod?.metadata.uid !== uid || !needsNode(pod)) return;
    const decision = findNode(pod, cluster);
    if ('message' in decision) {
      waiting.reject(pod, decision.rejectedBy);
      rejectPod(context, pod, decision.message);
      return;
    }
    const nodeName = decision.node.metadata.name;
    cluster.setPod(pod, nodeName);
    if (!orderVolumes(context, pod, decision.node)) {
      bindPod(context, pod, nodeName);
      return;
    }
    assumed.set(keyOf(pod), {pod, nodeName, since: clock.now()});
    queue.add(keyOf(pod));
  };
  const finish = (key: string) => {
    const {pod, nodeName, since} = assumed.get(key) ?? {};
    if (!pod || nodeName === undefined || since === undefined) return undefined;
    const volumes = volumesOrdered(registry, pod, nodeName);
    const left = bindTimeout - clock.since(since);
    if (volumes === 'pending' && left > 0) return {after: left};
    assumed.delete(key);
    if (volumes === 'bound') {
      const {namespace, name} = fromKey(key);
      bindPod(context, registry.get('pods', namespace, name) ?? pod, nodeName);
      return undefined;
    }
    cluster.removePod(pod.metadata.uid);
    const why = volumes === 'pending' ? 'context deadline exceeded' : 'selectedNode annotation reset for PVC';
    const message = `running PreBind plugin "VolumeBinding": binding volumes: ${why}`;
    rejectPod(context, pod, message, 'SchedulerError');
    waiting.add(pod);
    queue.add(schedulingTurn);
    return undefined;
  };

  const note = (change: Change) => {
    if (isOf(change, 'nodes')) noteNode(cluster, change);
    if (isOf(change, 'pods')) notePod(cluster, waiting, assumed, change);
    if (isOf(change, 'persistentvolumeclaims')) noteClaim(queue, assumed, change);
    if (!isOf(change, 'pods') || change.object.spec?.nodeName !== undefined) waiting.reconsider(change);
    if (waiting.ready > 0) queue.add(schedulingTurn);
  };
  for (const resource of watched)
    for (const object of registry.list(resource))
      note({type: 'ADDED', resource, object, version: registry.version} as Change);
  const cancels = watched.map(resource => registry.subscribe(resource, change => note(change as Change)));
  signal.addEventListener('abort', () => {
    for (const cancel of cancels) cancel();
  });
};

/** Nodes first: a Pod's node is known when the Pod is told of. */
const watched = [
  'nodes',
  'pods',
  'persistentvolumeclaims',
  'persistentvolumes',
  'storageclasses.storage.k8s.io',
] as const satisfies (keyof Kinds)[];

/** The queue's key for Pods without a node; other keys are those of Pods that wait for their volumes. */
const schedulingTurn = '';
/** So that many new Pods at once do not keep everybody else from their turn. */
const attemptsPerTurn = 50;
/** How long the volumes of a Pod may take, in milliseconds; kube-scheduler's default. */
const bindTimeout = 600_000;

/** Pods whose node is chosen and whose volumes are being bound, by key. */
type Assumed = Map<string, {pod: Pod; nodeName: string; since: number}>;

const needsNode = ({metadata, spec}: Pod) =>
  spec?.nodeName === undefined &&
  (spec?.schedulerName ?? 'default-scheduler') === 'default-scheduler' &&
  !spec?.schedulingGates?.length &&
  metadata.deletionTimestamp === undefined;

function noteNode(cluster: ClusterState, {type, object}: Change<'nodes'>): void {
  if (type === 'DELETED') cluster.removeNode(object.metadata.name);
  else cluster.setNode(object);
}

function notePod(
  cluster: ClusterState,
  waiting: WaitingPods,
  assumed: Assumed,
  change: Change<'pods'>,
): void {
  const {type, object: pod, before} = change;
  const {uid} = pod.metadata;
  const isOver = type === 'DELETED' || isFinished(pod);
  if (isOver || !needsNode(pod)) waiting.remove(uid);
  if (isOver || pod.metadata.deletionTimestamp || pod.spec?.nodeName !== undefined)
    assumed.delete(keyOf(pod));
  if (!isOver && pod.spec?.nodeName !== undefined) cluster.setPod(pod, pod.spec.nodeName);
  else if (isOver || (pod.metadata.deletionTimestamp && !assumed.has(keyOf(pod)))) cluster.removePod(uid);
  else if (
    needsNode(pod) &&
    !assumed.has(keyOf(pod)) &&
    (!waiting.isRejected(uid) || asksOtherwise(pod, before))
  )
    waiting.add(pod);
}

/** Its own status, which the scheduler writes, changes nothing. */
const asksOtherwise = (pod: Pod, before: Pod | undefined) =>
  pod.spec !== before?.spec || pod.metadata.labels !== before?.metadata.labels;

function noteClaim(queue: WorkQueue, assumed: Assumed, {object}: Change<'persistentvolumeclaims'>): void {
  const {namespace, name} = object.metadata;
  for (const [key, {pod}] of assumed)
    if (pod.metadata.namespace === namespace && claimNames(pod).includes(name)) queue.add(key);
}
