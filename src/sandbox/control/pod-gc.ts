import {setPodCondition} from '../pod-conditions.ts';
import type {ControlContext, Controller} from './controller.ts';
import {workQueue} from './work-queue.ts';
import {isFinished, isTerminating, type Pod} from './workload/pods.ts';

/** How often it looks, in milliseconds. */
const period = 20_000;
/** For how long a node has to be gone, in milliseconds. */
const quarantine = 40_000;

/**
 * Deletes Pods that no kubelet will ever end: those of nodes that are gone, those that were being deleted before they
 * got a node, and, on a node that is declared out of service, those that are being deleted.
 */
export const podGarbageCollector: Controller = context => {
  const missingSince = new Map<string, number>();
  const queue = workQueue(context, 'pod-garbage-collector', () => {
    collectOutOfService(context);
    collectOrphaned(context, missingSince);
    collectUnscheduled(context);
    return {after: period};
  });
  queue.add('all Pods');
};

function collectOutOfService(context: ControlContext) {
  const {registry} = context;
  for (const {metadata, spec, status} of registry.list('nodes')) {
    const isReady = status?.conditions?.some(one => one.type === 'Ready' && one.status === 'True');
    const isOut = spec?.taints?.some(({key}) => key === 'node.kubernetes.io/out-of-service');
    if (isReady || !isOut) continue;
    for (const pod of registry.podsOn(metadata.name)) if (isTerminating(pod)) failAndDelete(context, pod);
  }
}

/** A node may come back in a moment, or not have registered yet. */
function collectOrphaned(context: ControlContext, missingSince: Map<string, number>) {
  const {registry, clock} = context;
  const missing = Map.groupBy(registry.list('pods'), ({spec}) => spec?.nodeName ?? '');
  missing.delete('');
  for (const {metadata} of registry.list('nodes')) missing.delete(metadata.name);
  for (const node of missingSince.keys()) if (!missing.has(node)) missingSince.delete(node);
  for (const [node, pods] of missing) {
    const since = missingSince.get(node) ?? clock.now();
    missingSince.set(node, since);
    if (clock.since(since) < quarantine) continue;
    for (const pod of pods) failAndDelete(context, pod, nodeGone);
  }
}

const nodeGone = {
  type: 'DisruptionTarget',
  status: 'True',
  reason: 'DeletionByPodGC',
  message: 'PodGC: node no longer exists',
};

function collectUnscheduled(context: ControlContext) {
  for (const pod of context.registry.list('pods'))
    if (isTerminating(pod) && !pod.spec?.nodeName) failAndDelete(context, pod);
}

function failAndDelete({registry, clock}: ControlContext, pod: Pod, condition?: typeof nodeGone) {
  if (!isFinished(pod))
    registry.change(
      'pods',
      pod,
      draft => {
        draft.status = {...draft.status, phase: 'Failed'};
        if (condition) setPodCondition(draft, condition, clock.now());
      },
      {subresource: 'status'},
    );
  const {namespace, name, uid} = pod.metadata;
  registry.delete('pods', namespace, name, {gracePeriodSeconds: 0, preconditions: {uid}});
}
