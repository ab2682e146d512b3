import type {StatefulSetStatus} from 'kubernetes-types/apps/v1.d.ts';
import type {SandboxClock} from '../../clock.ts';
import {isAvailable, isReady, isTerminating} from '../workload/pods.ts';
import {present} from '../workload/present.ts';
import {revisionOf} from './identity.ts';
import type {Situation, Step} from './plan.ts';

/** @param steps what is about to be done: a Pod that is being updated counts no longer */
export function statefulSetStatus(
  {set, pods, currentRevision, updateRevision}: Situation,
  steps: readonly Step[],
  clock: SandboxClock,
): StatefulSetStatus {
  const updating = new Set(steps.flatMap(step => (step.do === 'update' ? [step.pod] : [])));
  const there = pods.filter(({status}) => status?.phase);
  const ready = there.filter(pod => pod.status?.phase === 'Running' && isReady(pod));
  const of = (revision: string) =>
    there.filter(pod => !isTerminating(pod) && !updating.has(pod) && revisionOf(pod) === revision).length;
  const updated = of(updateRevision);
  const isUpdated =
    set.spec?.updateStrategy?.type !== 'OnDelete' &&
    updated === there.length &&
    ready.length === there.length;
  return {
    replicas: there.length,
    ...present('readyReplicas', ready.length),
    ...present('currentReplicas', isUpdated ? updated : of(currentRevision)),
    ...present('updatedReplicas', updated),
    availableReplicas: ready.filter(pod => isAvailable(pod, set.spec?.minReadySeconds ?? 0, clock)).length,
    currentRevision: isUpdated ? updateRevision : currentRevision,
    updateRevision,
    collisionCount: set.status?.collisionCount ?? 0,
    ...(set.metadata.generation !== undefined && {observedGeneration: set.metadata.generation}),
  };
}
