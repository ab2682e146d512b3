import type {SandboxClock} from '../../clock.ts';
import {isActive, type Pod} from '../workload/pods.ts';
import {conditionOf, type Said} from './conditions.ts';
import type {Job} from './counting.ts';

export interface Counts {
  succeeded: number;
  failed: number;
}

/** Why a Job is to end now, if it is: what was said once stays. */
export function verdictOf(
  job: Job,
  pods: readonly Pod[],
  counts: Counts,
  clock: SandboxClock,
): Said | undefined {
  const said =
    conditionOf(job.status?.conditions, 'FailureTarget') ??
    conditionOf(job.status?.conditions, 'SuccessCriteriaMet');
  if (said) return said as Said;
  const {activeDeadlineSeconds, backoffLimit = 6, completions} = job.spec ?? {};
  if (activeDeadlineSeconds !== undefined && (deadlineIn(job, clock) ?? 1) <= 0) return deadlineExceeded;
  if (counts.failed > backoffLimit || restartsExceed(job, pods, backoffLimit)) return backoffLimitExceeded;
  const isDone =
    completions === undefined
      ? counts.succeeded > 0 && !pods.some(isActive)
      : counts.succeeded >= completions;
  return isDone && !job.spec?.suspend ? completionsReached : undefined;
}

/** Milliseconds until spec.activeDeadlineSeconds; undefined when there is none, or the Job has not started. */
export function deadlineIn({spec, status}: Job, clock: SandboxClock): number | undefined {
  const seconds = spec?.activeDeadlineSeconds;
  if (seconds === undefined || !status?.startTime || spec?.suspend) return undefined;
  return seconds * 1000 - clock.since(Date.parse(status.startTime));
}

/** Where containers are restarted in their Pods, their restarts are the retries. */
function restartsExceed({spec}: Job, pods: readonly Pod[], limit: number): boolean {
  if (spec?.template.spec?.restartPolicy !== 'OnFailure') return false;
  const restarts = pods
    .filter(isActive)
    .flatMap(({status}) => [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])])
    .reduce((total, {restartCount}) => total + restartCount, 0);
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

const deadlineExceeded: Said = {
  type: 'FailureTarget',
  status: 'True',
  reason: 'DeadlineExceeded',
  message: 'Job was active longer than specified deadline',
};
const backoffLimitExceeded: Said = {
  type: 'FailureTarget',
  status: 'True',
  reason: 'BackoffLimitExceeded',
  message: 'Job has reached the specified backoff limit',
};
const completionsReached: Said = {
  type: 'SuccessCriteriaMet',
  status: 'True',
  reason: 'CompletionsReached',
  message: 'Reached expected number of succeeded pods',
};
