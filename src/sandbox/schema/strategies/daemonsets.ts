import {isDeepStrictEqual} from 'node:util';
import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import {templateWithDefaults} from './pod-template/defaults.ts';

const templateGeneration = 'deprecated.daemonset.template.generation';

export const daemonSets: Strategy<Of<'daemonsets.apps'>> = {
  defaults(set) {
    set.spec ??= {selector: {}, template: {}};
    const {spec} = set;
    spec.template = templateWithDefaults(set, spec.template);
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
};

const noneScheduled = () => ({
  currentNumberScheduled: 0,
  numberMisscheduled: 0,
  desiredNumberScheduled: 0,
  numberReady: 0,
});
