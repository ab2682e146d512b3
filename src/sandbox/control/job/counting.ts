import type {Of} from '../../objects.ts';
import type {Registry} from '../../registry/registry.ts';
import {isFinished, isTerminating, type Pod} from '../workload/pods.ts';

export type Job = Of<'jobs.batch'>;

/** Keeps a Job's Pod until it is counted, so that none is missed that is deleted meanwhile. */
export const trackingFinalizer = 'batch.kubernetes.io/job-tracking';

/** UIDs of Pods that have ended and are not in the Job's counts yet. */
export interface Uncounted {
  succeeded: string[];
  failed: string[];
}

/** Those that the status names already, and those it does not; one that is being deleted counts as failed. */
export function uncountedOf({status}: Job, pods: readonly Pod[]): Uncounted {
  const noted = (status?.uncountedTerminatedPods ?? {}) as Partial<Uncounted>;
  const ended = pods.filter(pod => isTracked(pod) && (isFinished(pod) || isTerminating(pod)));
  const uids = (succeeded: boolean) =>
    ended
      .filter(({status}) => (status?.phase === 'Succeeded') === succeeded)
      .map(({metadata}) => metadata.uid);
  const failed = new Set([...(noted.failed ?? []), ...uids(false)]);
  const succeeded = new Set([...(noted.succeeded ?? []), ...uids(true)].filter(uid => !failed.has(uid)));
  return {succeeded: [...succeeded], failed: [...failed]};
}

export const isTracked = ({metadata}: Pod) => metadata.finalizers?.includes(trackingFinalizer) ?? false;

/** Lets Pods go: nobody needs to count them any more. */
export function untrack(registry: Registry, pods: readonly Pod[]) {
  for (const pod of pods)
    registry.change('pods', pod, ({metadata}) => {
      metadata.finalizers = metadata.finalizers?.filter(one => one !== trackingFinalizer) ?? [];
    });
}
