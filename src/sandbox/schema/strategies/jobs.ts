import {isDeepStrictEqual} from 'node:util';
import type {JobSpec} from 'kubernetes-types/batch/v1.d.ts';
import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import type {StatusCause} from '../../status-error.ts';
import {invalid, required} from './field-errors.ts';
import {goJson} from './go-json.ts';
import {immutable} from './immutable.ts';
import {shownSelector, validateLabelSelector} from './label-selector.ts';
import {nonNegative} from './numbers.ts';
import {oneOf} from './one-of.ts';
import {templateWithDefaults} from './pod-template/defaults.ts';
import {validateEnding} from './pod-template/validate-ending.ts';
import {validateSelected} from './pod-template/validate-workload.ts';
import {templateWarnings, withNameWarnings} from './pod-template/warnings.ts';

export const jobs: Strategy<Of<'jobs.batch'>> = {
  defaults(job) {
    job.spec ??= {} as JobSpec;
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
    job.status ??= {};
  },
  beforeCreate(job) {
    if (job.spec && !job.spec.manualSelector) selectOwnPods(job, job.spec);
    takeTemplatesLabels(job);
    job.status = {};
  },
  beforeUpdate: takeTemplatesLabels,
  validate: job => (job.spec ? validateSpec(job.spec, job.metadata.uid) : []),
  validateUpdate: ({spec}, {spec: before}) => (spec && before ? validateSpecUpdate(spec, before) : []),
  warnings: withNameWarnings(templateWarnings(({spec}) => spec?.template)),
};

const ownerLabel = 'batch.kubernetes.io/controller-uid';

function validateSpec(spec: JobSpec, uid: string): StatusCause[] {
  return [
    ...nonNegative('spec.parallelism', spec.parallelism),
    ...nonNegative('spec.completions', spec.completions),
    ...nonNegative('spec.activeDeadlineSeconds', spec.activeDeadlineSeconds),
    ...nonNegative('spec.backoffLimit', spec.backoffLimit),
    ...nonNegative('spec.ttlSecondsAfterFinished', spec.ttlSecondsAfterFinished),
    ...validateCompletionMode(spec),
    ...validateEnding(spec.template, 'spec.template'),
    ...validateSelector(spec, uid),
  ];
}

function validateCompletionMode({completionMode: mode, completions}: JobSpec): StatusCause[] {
  if (mode === 'Indexed')
    return completions === undefined ? [required('spec.completions', 'when completion mode is Indexed')] : [];
  return oneOf('spec.completionMode', mode, ['NonIndexed', 'Indexed'], {inOrder: true});
}

/** One's own making is asked for; another's must be the API's. */
function validateSelector({selector, manualSelector, template}: JobSpec, uid: string): StatusCause[] {
  const field = 'spec.selector';
  if (!selector) return [required(field, ''), ...validateSelected(selector, template, 'spec.template')];
  const generated = isDeepStrictEqual({...selector}, {matchLabels: {[ownerLabel]: uid}});
  return [
    ...validateLabelSelector(selector, field),
    ...(manualSelector || generated
      ? []
      : [invalid(field, shownSelector(selector), '`selector` not auto-generated')]),
    ...validateSelected(selector, template, 'spec.template'),
  ];
}

/** A Job's Pods are all alike. The API server looks at the template's labels once more. */
function validateSpecUpdate(spec: JobSpec, before: JobSpec): StatusCause[] {
  return [
    ...validateSelected(spec.selector, spec.template, 'spec.template'),
    // How many of the numbered ones there are can change along with how many run at once.
    ...(spec.completionMode === 'Indexed' && spec.completions === spec.parallelism
      ? []
      : immutable('spec.completions', spec.completions, before.completions)),
    ...immutable(
      'spec.selector',
      spec.selector,
      before.selector,
      spec.selector && shownSelector(spec.selector),
    ),
    ...immutable('spec.template', spec.template, before.template, goJson('PodTemplate', spec.template)),
    ...immutable('spec.completionMode', spec.completionMode, before.completionMode),
  ];
}

/** A selector and labels with the Job's UID, so that no two Jobs ever share a Pod. */
function selectOwnPods({metadata}: Of<'jobs.batch'>, spec: JobSpec): void {
  const {uid, name} = metadata;
  spec.template.metadata ??= {};
  spec.template.metadata.labels = {
    ...spec.template.metadata.labels,
    [ownerLabel]: uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
  spec.selector = {
    ...spec.selector,
    matchLabels: {...spec.selector?.matchLabels, [ownerLabel]: uid},
  };
}

function takeTemplatesLabels({metadata, spec}: Of<'jobs.batch'>): void {
  const labels = spec?.template.metadata?.labels;
  if (labels && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = {...labels};
}
