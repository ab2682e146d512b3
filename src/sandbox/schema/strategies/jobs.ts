import type {JobSpec} from 'kubernetes-types/batch/v1.d.ts';
import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import {templateWithDefaults} from './pod-template/defaults.ts';

export const jobs: Strategy<Of<'jobs.batch'>> = {
  defaults(job) {
    job.spec ??= {template: {}};
    const {spec} = job;
    spec.template = templateWithDefaults(spec.template);
    // Without a word on either it is one Pod; with parallelism alone the Pods agree on the end among themselves.
    if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
    spec.parallelism ??= 1;
    spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : 2 ** 31 - 1;
    spec.completionMode ??= 'NonIndexed';
    spec.suspend ??= false;
    spec.manualSelector ??= false;
    spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed';
    takeTemplatesLabels(job);
    job.status ??= {};
  },
  beforeCreate(job) {
    if (job.spec && !job.spec.manualSelector) selectOwnPods(job, job.spec);
    takeTemplatesLabels(job);
    job.status = {};
  },
};

/** A selector and labels with the Job's UID, so that no two Jobs ever share a Pod. */
function selectOwnPods({metadata}: Of<'jobs.batch'>, spec: JobSpec): void {
  const {uid, name} = metadata;
  spec.template.metadata ??= {};
  spec.template.metadata.labels = {
    ...spec.template.metadata.labels,
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  spec.selector = {
    ...spec.selector,
    matchLabels: {...spec.selector?.matchLabels, 'batch.kubernetes.io/controller-uid': uid},
  };
}

function takeTemplatesLabels({metadata, spec}: Of<'jobs.batch'>): void {
  const labels = spec?.template.metadata?.labels;
  if (labels && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = {...labels};
}
