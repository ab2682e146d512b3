import type {Of} from '../../objects.ts';
import {timestamp} from '../../timestamps.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {conditionOf} from '../job/conditions.ts';
import type {Job} from '../job/counting.ts';
import {fromKey, itself, reconciler} from '../reconciler.ts';
import type {LookAgain} from '../work-queue.ts';
import {controllerOf, controllerReference, isControlledBy} from '../workload/ownership.ts';
import {parseSchedule, type Schedule} from './schedule.ts';

type CronJob = Of<'cronjobs.batch'>;

/** Starts a Job whenever a CronJob's schedule says so, by the computer's clock: its days have 24 hours at any speed. */
export const cronJobs: Controller = context => {
  const {registry} = context;
  reconciler(context, {
    name: component,
    watches: {'cronjobs.batch': itself, 'jobs.batch': ({object}) => cronJobOf(object)},
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const cronJob = registry.get('cronjobs.batch', namespace, name);
      if (cronJob && !cronJob.metadata.deletionTimestamp) return reconcile(context, cronJob);
    },
  });
};

const component = 'cronjob-controller';

function cronJobOf(job: Job): string[] {
  const owner = controllerOf(job);
  return owner?.kind === 'CronJob' ? [`${job.metadata.namespace}/${owner.name}`] : [];
}

function reconcile(context: ControlContext, found: CronJob): LookAgain | undefined {
  const {registry, recorder, clock} = context;
  const jobs = registry
    .list('jobs.batch', found.metadata.namespace)
    .filter(job => isControlledBy(job, found));
  const cronJob = noteEnded(context, found, jobs);
  cleanUp(context, found, jobs);
  if (!cronJob || cronJob.spec?.suspend) return;
  const schedule = parseSchedule(cronJob.spec?.schedule ?? '');
  if (!schedule) {
    const message = `unparseable schedule: "${cronJob.spec?.schedule}"`;
    recorder.event(cronJob, 'Warning', 'UnparseableSchedule', message, {component});
    return;
  }
  const due = lastDue(schedule, cronJob, clock.now());
  if (due !== undefined) start(context, cronJob, due);
  const next = schedule.next(clock.now());
  return next === undefined ? undefined : {after: (next - clock.now()) * clock.speed};
}

/** Takes Jobs that have ended, or are gone, from the list of those that run. */
function noteEnded(context: ControlContext, cronJob: CronJob, jobs: readonly Job[]): CronJob | undefined {
  const {registry, recorder} = context;
  const active = cronJob.status?.active ?? [];
  const running = active.filter(({uid}) => jobs.some(job => job.metadata.uid === uid && !endOf(job)));
  for (const {name, uid} of active) {
    const job = jobs.find(({metadata}) => metadata.uid === uid);
    const end = job && endOf(job);
    if (end) {
      const message = `Saw completed job: ${name}, condition: ${end.type}`;
      recorder.event(cronJob, 'Normal', 'SawCompletedJob', message, {component});
    } else if (!job)
      recorder.event(cronJob, 'Warning', 'MissingJob', `Active job went missing: ${name}`, {component});
  }
  for (const job of jobs) {
    if (endOf(job) || active.some(({uid}) => uid === job.metadata.uid)) continue;
    const message = `Saw a job that the controller did not create or forgot: ${job.metadata.name}`;
    recorder.event(cronJob, 'Warning', 'UnexpectedJob', message, {component});
  }
  const ends = jobs.flatMap(({status}) => status?.completionTime ?? []).toSorted();
  const lastSuccessfulTime = ends.at(-1);
  return registry.change(
    'cronjobs.batch',
    cronJob,
    draft => {
      const {active: _, ...status} = draft.status ?? {};
      draft.status = {
        ...status,
        ...(running.length > 0 && {active: running}),
        ...(lastSuccessfulTime !== undefined && {lastSuccessfulTime}),
      };
    },
    {subresource: 'status'},
  );
}

const endOf = ({status}: Job) =>
  conditionOf(status?.conditions, 'Complete') ?? conditionOf(status?.conditions, 'Failed');

/** Deletes the oldest that have ended, beyond the limits for either end. */
function cleanUp(context: ControlContext, cronJob: CronJob, jobs: readonly Job[]) {
  const {successfulJobsHistoryLimit = 3, failedJobsHistoryLimit = 1} = cronJob.spec ?? {};
  const limits = {Complete: successfulJobsHistoryLimit, Failed: failedJobsHistoryLimit};
  for (const [type, limit] of Object.entries(limits)) {
    const ended = jobs.filter(job => endOf(job)?.type === type && !job.metadata.deletionTimestamp);
    const byStart = ended.toSorted((one, other) => startOf(one) - startOf(other));
    for (const {metadata} of byStart.slice(0, Math.max(0, ended.length - limit))) {
      context.registry.delete('jobs.batch', metadata.namespace, metadata.name, {
        propagationPolicy: 'Background',
      });
      context.recorder.event(cronJob, 'Normal', 'SuccessfulDelete', `Deleted job ${metadata.name}`, {
        component,
      });
    }
  }
}

const startOf = ({status, metadata}: Job) => Date.parse(status?.startTime ?? metadata.creationTimestamp);

/**
 * The latest time that has passed since the last start, unless it is too long ago; found by halving, because that may
 * have been years before. Milliseconds since the epoch.
 */
function lastDue(schedule: Schedule, {metadata, spec, status}: CronJob, now: number): number | undefined {
  const deadline = spec?.startingDeadlineSeconds;
  const from = Date.parse(status?.lastScheduleTime ?? metadata.creationTimestamp);
  let due = schedule.next(deadline === undefined ? from : Math.max(from, now - deadline * 1000));
  if (due === undefined || due > now) return undefined;
  let end = now;
  while (end - due >= 60_000) {
    const middle = (due + end) / 2;
    const later = schedule.next(middle);
    if (later !== undefined && later <= now) due = later;
    else end = middle;
  }
  return due;
}

function start(context: ControlContext, cronJob: CronJob, due: number) {
  const {registry, recorder} = context;
  const active = cronJob.status?.active ?? [];
  const {concurrencyPolicy} = cronJob.spec ?? {};
  if (concurrencyPolicy === 'Forbid' && active.length > 0) {
    const message = 'Not starting job because prior execution is running and concurrency policy is Forbid';
    return recorder.event(cronJob, 'Normal', 'JobAlreadyActive', message, {component});
  }
  if (concurrencyPolicy === 'Replace')
    for (const {name = ''} of active) {
      registry.delete('jobs.batch', cronJob.metadata.namespace, name, {propagationPolicy: 'Background'});
      recorder.event(cronJob, 'Normal', 'SuccessfulDelete', `Deleted job ${name}`, {component});
    }
  const wish = jobFor(cronJob, due);
  const known = registry.get('jobs.batch', cronJob.metadata.namespace, wish.metadata.name);
  const job = known ?? registry.create('jobs.batch', wish);
  if (!known)
    recorder.event(cronJob, 'Normal', 'SuccessfulCreate', `Created job ${job.metadata.name}`, {component});
  const {namespace, name, uid, resourceVersion} = job.metadata;
  const reference = {apiVersion: job.apiVersion, kind: job.kind, name, uid, resourceVersion};
  registry.change(
    'cronjobs.batch',
    cronJob,
    draft => {
      const others = concurrencyPolicy === 'Replace' ? [] : active;
      draft.status = {
        ...draft.status,
        active: [...others, namespace === undefined ? reference : {...reference, namespace}],
        lastScheduleTime: timestamp(due),
      };
    },
    {subresource: 'status'},
  );
}

/** Its name is of the minute it was due in, so that it is never started twice. */
function jobFor(cronJob: CronJob, due: number) {
  const {metadata, spec} = cronJob.spec?.jobTemplate ?? {};
  const {namespace, name} = cronJob.metadata;
  return {
    metadata: {
      name: `${name}-${Math.floor(due / 60_000)}`,
      ...(namespace !== undefined && {namespace}),
      ...(metadata?.labels && {labels: metadata.labels}),
      annotations: {
        ...metadata?.annotations,
        'batch.kubernetes.io/cronjob-scheduled-timestamp': timestamp(due),
      },
      ownerReferences: [controllerReference(cronJob)],
    },
    spec,
  };
}
