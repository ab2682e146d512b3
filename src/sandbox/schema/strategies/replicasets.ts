import type {ReplicaSetSpec} from 'kubernetes-types/apps/v1.d.ts';
import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import {immutable} from './immutable.ts';
import {shownSelector} from './label-selector.ts';
import {nonNegative} from './numbers.ts';
import {templateWithDefaults} from './pod-template/defaults.ts';
import {validateReplicated} from './pod-template/validate-workload.ts';
import {templateWarnings, withNameWarnings} from './pod-template/warnings.ts';

export const replicaSets: Strategy<Of<'replicasets.apps'>> = {
  defaults(replicaSet) {
    replicaSet.spec ??= {} as ReplicaSetSpec;
    const {spec} = replicaSet;
    spec.template = templateWithDefaults(spec.template);
    spec.replicas ??= 1;
    replicaSet.status ??= {replicas: 0};
  },
  beforeCreate(replicaSet) {
    replicaSet.status = {replicas: 0};
  },
  validate: ({spec}) =>
    spec
      ? [
          ...nonNegative('spec.replicas', spec.replicas),
          ...nonNegative('spec.minReadySeconds', spec.minReadySeconds),
          ...validateReplicated(spec, 'deployment'),
        ]
      : [],
  validateUpdate: ({spec}, {spec: before}) =>
    spec ? immutable('spec.selector', spec.selector, before?.selector, shownSelector(spec.selector)) : [],
  warnings: withNameWarnings(templateWarnings(({spec}) => spec?.template)),
};
