import type {CronJobSpec} from 'kubernetes-types/batch/v1.d.ts';
import type {Of} from '../../objects.ts';
import {dnsSubdomain} from '../../registry/names.ts';
import type {Strategy} from '../../registry/strategy.ts';
import type {StatusCause} from '../../status-error.ts';
import {scheduleProblem} from './cron-schedule.ts';
import {invalid, required} from './field-errors.ts';
import {nonNegative} from './numbers.ts';
import {oneOf} from './one-of.ts';
import {templateWithDefaults} from './pod-template/defaults.ts';
import {validateEnding} from './pod-template/validate-ending.ts';
import {templateWarnings, withNameWarnings} from './pod-template/warnings.ts';

export const cronJobs: Strategy<Of<'cronjobs.batch'>> = {
  defaults(cronJob) {
    cronJob.spec ??= {} as CronJobSpec;
    const {spec} = cronJob;
    spec.jobTemplate ??= {};
    spec.jobTemplate.metadata ??= {};
    spec.jobTemplate.spec ??= {template: {}};
    spec.jobTemplate.spec.template = templateWithDefaults(spec.jobTemplate.spec.template);
    spec.concurrencyPolicy ||= 'Allow';
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
    cronJob.status ??= {};
  },
  beforeCreate(cronJob) {
    cronJob.status = {};
  },
  nameRule: name =>
    name.length > longestName ? [`must be no more than ${longestName} characters`] : dnsSubdomain(name),
  validate: ({spec}) => (spec ? validateSpec(spec) : []),
  warnings: withNameWarnings(
    templateWarnings(({spec}) => spec?.jobTemplate.spec?.template, 'spec.jobTemplate.spec.template'),
  ),
};

/** So that its Jobs' names, which are eleven characters longer, still fit into a label. */
const longestName = 52;

function validateSpec(spec: CronJobSpec): StatusCause[] {
  return [
    ...validateSchedule(spec.schedule, 'spec.schedule'),
    ...validateTimeZone(spec.timeZone, 'spec.timeZone'),
    ...nonNegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds),
    ...oneOf('spec.concurrencyPolicy', spec.concurrencyPolicy, ['Allow', 'Forbid', 'Replace']),
    ...validateEnding(spec.jobTemplate.spec?.template ?? {}, 'spec.jobTemplate.spec.template'),
    ...nonNegative('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit),
    ...nonNegative('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
  ];
}

function validateSchedule(schedule: string | undefined, field: string): StatusCause[] {
  if (!schedule) return [required(field, '')];
  if (schedule.includes('TZ'))
    return [invalid(field, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead')];
  const problem = scheduleProblem(schedule);
  return problem === undefined ? [] : [invalid(field, schedule, problem)];
}

function validateTimeZone(zone: string | undefined, field: string): StatusCause[] {
  if (zone === undefined || isTimeZone(zone)) return [];
  return [invalid(field, zone, `unknown time zone ${zone}`)];
}

const isTimeZone = (zone: string) => {
  try {
    return new Intl.DateTimeFormat('en', {timeZone: zone}) !== undefined;
  } catch {
    return false;
  }
};
