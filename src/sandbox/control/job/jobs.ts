import type {Of} from '../../objects.ts';
import type {Registry} from '../../registry/registry.ts';
import {timestamp} from '../../timestamps.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {fromKey, itself, reconciler} from '../reconciler.ts';
import type {LookAgain} from '../work-queue.ts';
import {claim, controllerOf} from '../workload/ownership.ts';
import {isActive, isFinished, isReady, isTerminating, type Pod} from '../workload/pods.ts';
import {present} from '../workload/present.ts';
import {conditionOf, type Said, withCondition} from './conditions.ts';
import {isTracked, type Job, type Uncounted, uncountedOf, untrack} from './counting.ts';
import {component, managePods} from './manage.ts';
import {deadlineIn, verdictOf} from './verdict.ts';

/** Runs each Job's Pods until enough have succeeded, or too many have failed. */
export const jobs: Controller = context => {
  const {registry} = context;
  reconciler(context, {
    name: component,
    watches: {'jobs.batch': itself, pods: ({object}) => jobOf(object)},
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const job = registry.get('jobs.batch', namespace, name);
      if (!job || job.metadata.deletionTimestamp) return letPodsGo(registry, namespace, name);
      if (!isOver(job)) return reconcile(context, job);
    },
  });
};

function jobOf(pod: Of<'pods'>): string[] {
  const owner = controllerOf(pod);
  return owner?.kind === 'Job' ? [`${pod.metadata.namespace}/${owner.name}`] : [];
}

const isOver = ({status}: Job) =>
  Boolean(conditionOf(status?.conditions, 'Complete') ?? conditionOf(status?.conditions, 'Failed'));

/** Those of a Job that is gone, or going: nobody will count them. */
function letPodsGo(registry: Registry, namespace: string | undefined, name: string) {
  const pods = registry.list('pods', namespace).filter(pod => {
    const owner = controllerOf(pod);
    return owner?.kind === 'Job' && owner.name === name && isTracked(pod) && isTerminating(pod);
  });
  untrack(registry, pods);
}

/**
 * The counts are raised in two writes: first the status names the Pods that have ended, then they may go, then they
 * are counted. So none is counted twice, or never, wherever a crash falls.
 */
function reconcile(context: ControlContext, found: Job): LookAgain | undefined {
  const {registry, clock} = context;
  const job = noteStart(context, found);
  if (!job) return;
  const pods = claim(registry, 'pods', job, job.spec?.selector);
  const uncounted = uncountedOf(job, pods);
  const succeeded = (job.status?.succeeded ?? 0) + uncounted.succeeded.length;
  const failed = (job.status?.failed ?? 0) + uncounted.failed.length;
  const verdict = verdictOf(job, pods, {succeeded, failed}, clock);
  const retry = managePods(context, job, pods, succeeded, verdict !== undefined);
  const after = podsOf(registry, job);
  const ended = uncountedOf(job, after);
  writeStatus(context, job, after, ended, verdict);
  count(context, job, after, ended, after.every(isFinished) ? verdict : undefined);
  const waits = [retry, verdict ? undefined : deadlineIn(job, clock)].filter(wait => wait !== undefined);
  return waits.length > 0 ? {after: Math.max(0, Math.min(...waits))} : undefined;
}

/** The start of a Job that runs, or says that it is suspended. */
function noteStart(context: ControlContext, job: Job): Job | undefined {
  const {registry, clock, recorder} = context;
  const {conditions, startTime} = job.status ?? {};
  const suspended = conditionOf(conditions, 'Suspended') !== undefined;
  const suspend = job.spec?.suspend ?? false;
  if (suspend === suspended && (suspend || startTime)) return job;
  const word = suspend ? 'suspended' : 'resumed';
  const [reason, event] = suspend ? ['JobSuspended', 'Suspended'] : ['JobResumed', 'Resumed'];
  const said: Said = {type: 'Suspended', status: suspend ? 'True' : 'False', reason, message: `Job ${word}`};
  if (suspend !== suspended) recorder.event(job, 'Normal', event, said.message, {component});
  return registry.change(
    'jobs.batch',
    job,
    draft => {
      const {startTime: _, ...status} = draft.status ?? {};
      draft.status = suspend ? status : {...status, startTime: timestamp(clock.now())};
      if (suspend !== suspended) draft.status.conditions = withCondition(conditions, said, clock.now());
    },
    {subresource: 'status'},
  );
}

const podsOf = (registry: Registry, {metadata}: Job) =>
  registry.ownedBy(metadata.uid).filter(({kind}) => kind === 'Pod') as Pod[];

function writeStatus(
  {registry, clock}: ControlContext,
  job: Job,
  pods: readonly Pod[],
  uncounted: Uncounted,
  verdict: Said | undefined,
) {
  const active = pods.filter(isActive);
  registry.change(
    'jobs.batch',
    job,
    draft => {
      const {active: _, ...status} = draft.status ?? {};
      draft.status = {
        ...status,
        ...present('active', active.length),
        ready: active.filter(isReady).length,
        terminating: pods.filter(pod => isTerminating(pod) && !isFinished(pod)).length,
        uncountedTerminatedPods: named(uncounted),
        ...(verdict && {conditions: withCondition(status.conditions, verdict, clock.now())}),
      } as Job['status'] & object;
    },
    {subresource: 'status'},
  );
}

const named = ({succeeded, failed}: Uncounted) => ({
  ...(succeeded.length > 0 && {succeeded}),
  ...(failed.length > 0 && {failed}),
});

/** Also says, in the same write, that the Job is over, where it is. */
function count(
  context: ControlContext,
  job: Job,
  pods: readonly Pod[],
  {succeeded, failed}: Uncounted,
  verdict: Said | undefined,
) {
  const {registry, clock} = context;
  const uids = new Set([...succeeded, ...failed]);
  if (uids.size === 0 && !verdict) return;
  untrack(
    registry,
    pods.filter(({metadata}) => uids.has(metadata.uid)),
  );
  const now = clock.now();
  registry.change(
    'jobs.batch',
    job,
    ({status = {}}) => {
      Object.assign(status, present('succeeded', (status.succeeded ?? 0) + succeeded.length));
      Object.assign(status, present('failed', (status.failed ?? 0) + failed.length));
      status.uncountedTerminatedPods = {};
      if (!verdict) return;
      status.conditions = withCondition(status.conditions, endOf(verdict), now);
      if (isComplete(verdict)) status.completionTime = timestamp(now);
    },
    {subresource: 'status'},
  );
  if (verdict) tellEnd(context, job, verdict);
}

const isComplete = ({type}: Said) => type === 'SuccessCriteriaMet';

/** The last condition, which follows from what was decided while Pods still ran. */
const endOf = (verdict: Said): Said => ({
  ...verdict,
  type: isComplete(verdict) ? 'Complete' : 'Failed',
  status: 'True',
});

function tellEnd({recorder}: ControlContext, job: Job, verdict: Said) {
  const {reason, message} = verdict;
  if (isComplete(verdict)) recorder.event(job, 'Normal', 'Completed', 'Job completed', {component});
  else recorder.event(job, 'Warning', reason, message, {component});
}
