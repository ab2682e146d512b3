import type {DeploymentSpec, DeploymentStrategy} from 'kubernetes-types/apps/v1.d.ts';
import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import type {StatusCause} from '../../status-error.ts';
import {forbidden, invalid, notSupported} from './field-errors.ts';
import {goJson} from './go-json.ts';
import {immutable} from './immutable.ts';
import {shownSelector} from './label-selector.ts';
import {atMostAll, countOrPercent, isNothing, nonNegative} from './numbers.ts';
import {templateWithDefaults} from './pod-template/defaults.ts';
import {validateReplicated} from './pod-template/validate-workload.ts';
import {templateWarnings, withNameWarnings} from './pod-template/warnings.ts';

export const deployments: Strategy<Of<'deployments.apps'>> = {
  defaults(deployment) {
    deployment.spec ??= {} as DeploymentSpec;
    const {spec} = deployment;
    spec.template = templateWithDefaults(spec.template);
    spec.replicas ??= 1;
    spec.strategy ??= {};
    spec.strategy.type ||= 'RollingUpdate';
    if (spec.strategy.type === 'RollingUpdate') {
      spec.strategy.rollingUpdate ??= {};
      spec.strategy.rollingUpdate.maxUnavailable ??= '25%';
      spec.strategy.rollingUpdate.maxSurge ??= '25%';
    }
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
    deployment.status ??= {};
  },
  beforeCreate(deployment) {
    deployment.status = {};
  },
  validate: ({spec}) => (spec ? validateSpec(spec) : []),
  validateUpdate: ({spec}, {spec: before}) =>
    spec ? immutable('spec.selector', spec.selector, before?.selector, shownSelector(spec.selector)) : [],
  warnings: withNameWarnings(templateWarnings(({spec}) => spec?.template)),
};

function validateSpec(spec: DeploymentSpec): StatusCause[] {
  return [
    ...nonNegative('spec.replicas', spec.replicas),
    ...validateReplicated(spec, 'deployment'),
    ...validateStrategy(spec.strategy ?? {}, 'spec.strategy'),
    ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
    ...nonNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
    ...validateDeadline(spec, 'spec.progressDeadlineSeconds'),
  ];
}

function validateStrategy(strategy: DeploymentStrategy, field: string): StatusCause[] {
  const {type, rollingUpdate} = strategy;
  if (type === 'Recreate')
    return rollingUpdate
      ? [forbidden(`${field}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")]
      : [];
  if (type !== 'RollingUpdate')
    return [notSupported(field, goJson('Strategy', strategy), ['Recreate', 'RollingUpdate'])];
  const {maxSurge, maxUnavailable} = rollingUpdate ?? {};
  const stuck = isNothing(maxSurge) && isNothing(maxUnavailable);
  const path = `${field}.rollingUpdate.maxUnavailable`;
  return [
    ...countOrPercent(path, maxUnavailable),
    ...countOrPercent(`${field}.rollingUpdate.maxSurge`, maxSurge),
    ...(stuck ? [invalid(path, maxUnavailable, 'may not be 0 when `maxSurge` is 0')] : []),
    ...atMostAll(path, maxUnavailable),
  ];
}

function validateDeadline(
  {progressDeadlineSeconds: deadline, minReadySeconds = 0}: DeploymentSpec,
  field: string,
): StatusCause[] {
  if (deadline === undefined) return [];
  return [
    ...nonNegative(field, deadline),
    ...(deadline > minReadySeconds ? [] : [invalid(field, deadline, 'must be greater than minReadySeconds')]),
  ];
}
