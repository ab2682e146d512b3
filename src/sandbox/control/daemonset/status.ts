import type {DaemonSetStatus} from 'kubernetes-types/apps/v1.d.ts';
import type {SandboxClock} from '../../clock.ts';
import {isAvailable, isReady} from '../workload/pods.ts';
import {present} from '../workload/present.ts';
import {type DaemonSet, type Place, revisionLabel} from './plan.ts';

/** @param hash the template's revision */
export function daemonSetStatus(
  {metadata, spec}: DaemonSet,
  places: readonly Place[],
  hash: string,
  clock: SandboxClock,
): DaemonSetStatus {
  const wanted = places.filter(({mayStart}) => mayStart);
  const first = wanted.flatMap(({pods}) => pods.slice(0, 1));
  const available = first.filter(pod => isAvailable(pod, spec?.minReadySeconds ?? 0, clock)).length;
  return {
    currentNumberScheduled: first.length,
    numberMisscheduled: places.filter(({mayStart, pods}) => !mayStart && pods.length > 0).length,
    desiredNumberScheduled: wanted.length,
    numberReady: first.filter(isReady).length,
    ...(metadata.generation !== undefined && {observedGeneration: metadata.generation}),
    ...present(
      'updatedNumberScheduled',
      first.filter(pod => pod.metadata.labels?.[revisionLabel] === hash).length,
    ),
    ...present('numberAvailable', available),
    ...present('numberUnavailable', wanted.length - available),
  };
}
