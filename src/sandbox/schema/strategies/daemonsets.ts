import {isDeepStrictEqual} from 'node:util';
import type {DaemonSetSpec, DaemonSetUpdateStrategy} from 'kubernetes-types/apps/v1.d.ts';
import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import type {StatusCause} from '../../status-error.ts';
import {invalid, notSupported, required} from './field-errors.ts';
import {goJson} from './go-json.ts';
import {immutable} from './immutable.ts';
import {shownSelector, validateLabelSelector} from './label-selector.ts';
import {atMostAll, countOrPercent, isNothing, nonNegative} from './numbers.ts';
import {templateWithDefaults} from './pod-template/defaults.ts';
import {isEmpty, validateLasting} from './pod-template/validate-workload.ts';
import {templateWarnings} from './pod-template/warnings.ts';

const templateGeneration = 'deprecated.daemonset.template.generation';

export const daemonSets: Strategy<Of<'daemonsets.apps'>> = {
  defaults(set) {
    set.spec ??= {} as DaemonSetSpec;
    const {spec} = set;
    spec.template = templateWithDefaults(spec.template);
    spec.updateStrategy ??= {};
    spec.updateStrategy.type ||= 'RollingUpdate';
    if (spec.updateStrategy.type === 'RollingUpdate') {
      spec.updateStrategy.rollingUpdate ??= {};
      spec.updateStrategy.rollingUpdate.maxUnavailable ??= 1;
      spec.updateStrategy.rollingUpdate.maxSurge ??= 0;
    }
    spec.revisionHistoryLimit ??= 10;
    set.status ??= noneScheduled();
  },
  beforeCreate(set) {
    set.metadata.annotations = {...set.metadata.annotations, [templateGeneration]: '1'};
    set.status = noneScheduled();
  },
  beforeUpdate(set, before) {
    const generation = Number(before.metadata.annotations?.[templateGeneration] ?? 0);
    const raised = isDeepStrictEqual(set.spec?.template, before.spec?.template) ? generation : generation + 1;
    set.metadata.annotations ??= {};
    set.metadata.annotations[templateGeneration] = String(raised);
  },
  validate: ({spec}) => (spec ? validateSpec(spec) : []),
  validateUpdate: ({spec}, {spec: before}) =>
    spec ? immutable('spec.selector', spec.selector, before?.selector, shownSelector(spec.selector)) : [],
  warnings: templateWarnings(({spec}) => spec?.template),
};

function validateSpec(spec: DaemonSetSpec): StatusCause[] {
  const {selector, template} = spec;
  return [
    ...validateLabelSelector(selector, 'spec.selector'),
    ...(selector && isEmpty(selector)
      ? [invalid('spec.selector', selector, 'empty selector is invalid for daemonset')]
      : []),
    ...validateLasting(selector, template, 'DaemonSet'),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...validateUpdateStrategy(spec.updateStrategy ?? {}, 'spec.updateStrategy'),
    ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
  ];
}

function validateUpdateStrategy(strategy: DaemonSetUpdateStrategy, field: string): StatusCause[] {
  if (strategy.type === 'OnDelete') return [];
  if (strategy.type !== 'RollingUpdate')
    return [notSupported(field, goJson('Strategy', strategy), ['RollingUpdate', 'OnDelete'])];
  const {maxSurge, maxUnavailable} = strategy.rollingUpdate ?? {};
  const paths = {
    maxSurge: `${field}.rollingUpdate.maxSurge`,
    maxUnavailable: `${field}.rollingUpdate.maxUnavailable`,
  };
  return [
    ...countOrPercent(paths.maxUnavailable, maxUnavailable),
    ...countOrPercent(paths.maxSurge, maxSurge),
    ...(isNothing(maxSurge) && isNothing(maxUnavailable)
      ? [required(paths.maxUnavailable, 'cannot be 0 when maxSurge is 0')]
      : []),
    ...(!isNothing(maxSurge) && !isNothing(maxUnavailable)
      ? [invalid(paths.maxSurge, maxSurge, 'may not be set when maxUnavailable is non-zero')]
      : []),
    ...atMostAll(paths.maxUnavailable, maxUnavailable),
    ...atMostAll(paths.maxSurge, maxSurge),
  ];
}

const noneScheduled = () => ({
  currentNumberScheduled: 0,
  numberMisscheduled: 0,
  desiredNumberScheduled: 0,
  numberReady: 0,
});
