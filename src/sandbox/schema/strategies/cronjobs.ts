import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import {templateWithDefaults} from './pod-template/defaults.ts';

export const cronJobs: Strategy<Of<'cronjobs.batch'>> = {
  defaults(cronJob) {
    cronJob.spec ??= {schedule: '', jobTemplate: {}};
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
};
