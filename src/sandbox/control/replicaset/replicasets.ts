import type {Of} from '../../objects.ts';
import {StatusError} from '../../status-error.ts';
import {type Batching, batching} from '../batching.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {fromKey, itself, keyOf, reconciler} from '../reconciler.ts';
import type {LookAgain} from '../work-queue.ts';
import {createPod, deletePod, isNamespaceEnding} from '../workload/create-pods.ts';
import {ownersOf} from '../workload/owners.ts';
import {claim, controllerOf} from '../workload/ownership.ts';
import {isActive, isTerminating, nextAvailable, type Pod} from '../workload/pods.ts';
import {podFromTemplate} from '../workload/template.ts';
import {inDeletionOrder} from './ranking.ts';
import {type Failure, replicaSetStatus} from './status.ts';

export type ReplicaSet = Of<'replicasets.apps'>;

/** Keeps as many Pods as each ReplicaSet asks for. */
export const replicaSets: Controller = context => {
  const {registry} = context;
  const batch = batching(context.clock);
  reconciler(context, {
    name,
    watches: {'replicasets.apps': itself, pods: change => ownersOf(registry, 'replicasets.apps', change)},
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const replicaSet = registry.get('replicasets.apps', namespace, name);
      const wait = batch.due(key);
      if (wait || !replicaSet) return wait;
      return reconcile(context, replicaSet, batch);
    },
  });
};

const name = 'replicaset-controller';
/** At most so many Pods are made or removed in one turn; the next turn goes on. */
const burst = 500;

/** The status tells of the Pods that were there before this look; the changes it made ask for the next one. */
function reconcile(context: ControlContext, replicaSet: ReplicaSet, batch: Batching): LookAgain | undefined {
  const {registry, clock} = context;
  const claimed = claim(registry, 'pods', replicaSet, replicaSet.spec?.selector);
  const pods = claimed.filter(isActive);
  if (pods.length === replicaSet.spec?.replicas) batch.done(keyOf(replicaSet), pods.length);
  const ending = replicaSet.metadata.deletionTimestamp !== undefined;
  const failure = ending ? undefined : manageReplicas(context, replicaSet, pods);
  const terminating = claimed.filter(isTerminating).length;
  const status = replicaSetStatus(replicaSet, pods, terminating, failure, clock);
  registry.change(
    'replicasets.apps',
    replicaSet,
    draft => {
      draft.status = status;
    },
    {subresource: 'status'},
  );
  if (failure) throw failure.error;
  return nextAvailable(pods, replicaSet.spec?.minReadySeconds ?? 0, clock);
}

/** Creates what is missing, deletes what is too many. Answers with what stopped it. */
function manageReplicas(
  context: ControlContext,
  replicaSet: ReplicaSet,
  pods: readonly Pod[],
): Failure | undefined {
  const missing = (replicaSet.spec?.replicas ?? 1) - pods.length;
  try {
    if (missing > 0) createPods(context, replicaSet, Math.min(missing, burst));
    else if (missing < 0) deletePods(context, replicaSet, pods, Math.min(-missing, burst));
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (isNamespaceEnding(error)) return undefined;
    return {reason: missing > 0 ? 'FailedCreate' : 'FailedDelete', error};
  }
}

function createPods(context: ControlContext, replicaSet: ReplicaSet, count: number) {
  const {metadata, ...pod} = podFromTemplate(replicaSet.spec?.template ?? {}, replicaSet);
  const generateName = `${replicaSet.metadata.name}-`;
  for (let made = 0; made < count; made++)
    createPod(context, replicaSet, {...pod, metadata: {...metadata, generateName}}, name);
}

function deletePods(context: ControlContext, replicaSet: ReplicaSet, pods: readonly Pod[], count: number) {
  const neighbours = neighbourCounts(context, replicaSet);
  const ordered = inDeletionOrder(pods, node => neighbours.get(node) ?? 0, context.clock);
  for (const pod of ordered.slice(0, count)) deletePod(context, replicaSet, pod, name);
}

/** By node: the active Pods of this ReplicaSet and of its siblings under the same Deployment. */
function neighbourCounts({registry}: ControlContext, replicaSet: ReplicaSet): Map<string, number> {
  const owner = controllerOf(replicaSet);
  const family = owner ? registry.ownedBy(owner.uid) : [replicaSet];
  const counts = new Map<string, number>();
  for (const {metadata} of family)
    for (const owned of registry.ownedBy(metadata.uid)) {
      if (owned.kind !== 'Pod' || !isActive(owned as Pod)) continue;
      const node = (owned as Pod).spec?.nodeName;
      if (node) counts.set(node, (counts.get(node) ?? 0) + 1);
    }
  return counts;
}
