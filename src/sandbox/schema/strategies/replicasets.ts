import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import {templateWithDefaults} from './pod-template/defaults.ts';

export const replicaSets: Strategy<Of<'replicasets.apps'>> = {
  defaults(replicaSet) {
    replicaSet.spec ??= {selector: {}};
    const {spec} = replicaSet;
    spec.template = templateWithDefaults(replicaSet, spec.template);
    spec.replicas ??= 1;
    replicaSet.status ??= {replicas: 0};
  },
  beforeCreate(replicaSet) {
    replicaSet.status = {replicas: 0};
  },
};
