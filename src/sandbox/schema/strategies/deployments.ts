import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import {templateWithDefaults} from './pod-template/defaults.ts';

export const deployments: Strategy<Of<'deployments.apps'>> = {
  defaults(deployment) {
    deployment.spec ??= {selector: {}, template: {}};
    const {spec} = deployment;
    spec.template = templateWithDefaults(deployment, spec.template);
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
};
