import type {ControlContext} from '../controller.ts';
import {createPod, deletePod} from '../workload/create-pods.ts';
import {isActive, type Pod} from '../workload/pods.ts';
import {podFromTemplate} from '../workload/template.ts';
import {retryIn} from './back-off.ts';
import {type Job, trackingFinalizer} from './counting.ts';

export const component = 'job-controller';

/**
 * Creates or deletes Pods until as many run as should.
 * @param isEnding none should run any more
 * @returns milliseconds to wait before a failed Pod is replaced, if there is any
 */
export function managePods(
  context: ControlContext,
  job: Job,
  pods: readonly Pod[],
  succeeded: number,
  isEnding: boolean,
): number | undefined {
  const active = pods.filter(isActive);
  const wanted = isEnding ? 0 : wantedPods(job, active.length, succeeded);
  for (const pod of active.slice(wanted)) deletePod(context, job, pod, component);
  const missing = wanted - active.length;
  if (missing <= 0) return undefined;
  const wait = retryIn(pods, context.clock);
  if (wait > 0) return wait;
  for (let made = 0; made < missing; made++) createPod(context, job, podFor(job), component);
  return undefined;
}

function wantedPods({spec}: Job, active: number, succeeded: number): number {
  const {parallelism = 1, completions, suspend} = spec ?? {};
  if (suspend) return 0;
  if (completions === undefined) return succeeded > 0 ? Math.min(active, parallelism) : parallelism;
  return Math.max(0, Math.min(completions - succeeded, parallelism));
}

function podFor(job: Job) {
  const {metadata, ...pod} = podFromTemplate(job.spec?.template ?? {}, job);
  return {
    ...pod,
    metadata: {...metadata, generateName: `${job.metadata.name}-`, finalizers: [trackingFinalizer]},
  };
}
