import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import {invalid} from './field-errors.ts';
import {goJson} from './go-json.ts';
import {validateLabelSelector} from './label-selector.ts';
import {atMostAll, countOrPercent} from './numbers.ts';
import {oneOf} from './one-of.ts';

export const podDisruptionBudgets: Strategy<Of<'poddisruptionbudgets.policy'>> = {
  defaults(budget) {
    budget.spec ??= {};
    budget.status ??= nothingAllowed();
  },
  beforeCreate(budget) {
    budget.status = nothingAllowed();
  },
  validate({spec = {}}) {
    const {minAvailable, maxUnavailable, selector, unhealthyPodEvictionPolicy: policy} = spec;
    const both = minAvailable !== undefined && maxUnavailable !== undefined;
    return [
      ...(both
        ? [
            invalid(
              'spec',
              goJson('PodDisruptionBudgetSpec', spec),
              'minAvailable and maxUnavailable cannot be both set',
            ),
          ]
        : []),
      ...countOrPercent('spec.minAvailable', minAvailable),
      ...atMostAll('spec.minAvailable', minAvailable),
      ...countOrPercent('spec.maxUnavailable', maxUnavailable),
      ...atMostAll('spec.maxUnavailable', maxUnavailable),
      ...validateLabelSelector(selector, 'spec.selector'),
      ...(policy === undefined
        ? []
        : oneOf('spec.unhealthyPodEvictionPolicy', policy, ['AlwaysAllow', 'IfHealthyBudget'])),
    ];
  },
};

const nothingAllowed = () => ({disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0});
