import type {ReplicaSetStatus} from 'kubernetes-types/apps/v1.d.ts';
import type {SandboxClock} from '../../clock.ts';
import {selectsExactly} from '../../label-selector.ts';
import type {StatusError} from '../../status-error.ts';
import {timestamp} from '../../timestamps.ts';
import {isAvailable, isReady, type Pod} from '../workload/pods.ts';
import {present} from '../workload/present.ts';
import type {ReplicaSet} from './replicasets.ts';

/** What kept the controller from making or removing Pods. */
export interface Failure {
  reason: 'FailedCreate' | 'FailedDelete';
  error: StatusError;
}

/** The API's type is older than terminatingReplicas. */
type Status = ReplicaSetStatus & {terminatingReplicas: number};

/** @param terminating how many of its Pods are on their way out */
export function replicaSetStatus(
  {metadata, spec, status}: ReplicaSet,
  pods: readonly Pod[],
  terminating: number,
  failure: Failure | undefined,
  clock: SandboxClock,
): Status {
  const labels = spec?.template?.metadata?.labels ?? {};
  const conditions = conditionsAfter(status?.conditions ?? [], failure, clock);
  const count = (is: (pod: Pod) => boolean) => pods.filter(is).length;
  return {
    replicas: pods.length,
    ...present(
      'fullyLabeledReplicas',
      count(pod => selectsExactly(labels, pod.metadata.labels)),
    ),
    ...present('readyReplicas', count(isReady)),
    ...present(
      'availableReplicas',
      count(pod => isAvailable(pod, spec?.minReadySeconds ?? 0, clock)),
    ),
    terminatingReplicas: terminating,
    ...(metadata.generation !== undefined && {observedGeneration: metadata.generation}),
    ...(conditions.length > 0 && {conditions}),
  };
}

type Conditions = NonNullable<ReplicaSetStatus['conditions']>;

/** A failure that is known already keeps its first message and time. */
function conditionsAfter(before: Conditions, failure: Failure | undefined, clock: SandboxClock): Conditions {
  const others = before.filter(({type}) => type !== 'ReplicaFailure');
  if (!failure) return others;
  if (others.length < before.length) return before;
  const {reason, error} = failure;
  const lastTransitionTime = timestamp(clock.now());
  return [
    ...others,
    {type: 'ReplicaFailure', status: 'True', reason, message: error.message, lastTransitionTime},
  ];
}
