import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';

export const podDisruptionBudgets: Strategy<Of<'poddisruptionbudgets.policy'>> = {
  defaults(budget) {
    budget.status ??= nothingAllowed();
  },
  beforeCreate(budget) {
    budget.status = nothingAllowed();
  },
};

const nothingAllowed = () => ({disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0});
