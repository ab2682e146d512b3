import {type KubeObject, refOf} from '../../world/object.ts';
import {inLab} from '../select.ts';
import {nearestPod} from './nearest-pod.ts';
import type {Rule, RuleContext} from './rule.ts';
import {labelsOf} from './services.ts';

const budgets = 'poddisruptionbudgets.policy';

/** A PodDisruptionBudget whose selector finds no Pod: it protects nothing. */
export const budgetWithoutPods: Rule = context => {
  const {scene} = context;
  for (const {object, selector, status} of counted(context)) {
    if (status.expectedPods !== 0) continue;
    const nearest = nearestPod(selector, scene);
    return {
      code: 'budget-without-pods',
      facts: {selector, ...(nearest ? {nearest} : {})},
      object: refOf(budgets, object),
      path: 'spec.selector',
      verdict: 'off-track',
    };
  }
  return undefined;
};

/** A PodDisruptionBudget that is to forbid evictions, and allows some. */
export const budgetAllows: Rule = context => {
  const none = context.mismatches.some(
    one => one.type === 'field' && one.path === 'status.disruptionsAllowed' && one.wanted === 0,
  );
  if (!none) return undefined;
  for (const {object, status} of counted(context)) {
    const {disruptionsAllowed: allowed = 0} = status;
    if (allowed === 0) continue;
    return {
      code: 'budget-allows',
      facts: {allowed},
      object: refOf(budgets, object),
      path: 'status.disruptionsAllowed',
      verdict: 'off-track',
    };
  }
  return undefined;
};

interface BudgetStatus {
  observedGeneration?: number;
  expectedPods?: number;
  disruptionsAllowed?: number;
}

/** The budgets that the milestone is about and that the cluster has counted the Pods of, as they are now. */
function counted({milestone, scene}: RuleContext) {
  if (milestone.object?.kind !== budgets) return [];
  return inLab(milestone.object, scene).flatMap((object: KubeObject) => {
    const status = (object.status ?? {}) as BudgetStatus;
    const {selector} = (object.spec ?? {}) as {selector?: {matchLabels?: Record<string, string>}};
    if (status.observedGeneration !== object.metadata.generation) return [];
    return [{object, status, selector: labelsOf(selector?.matchLabels ?? {})}];
  });
}
