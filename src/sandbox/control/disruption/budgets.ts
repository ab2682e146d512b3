import {selects} from '../../label-selector.ts';
import type {Change, Registry} from '../../registry/registry.ts';
import type {ControlContext, Controller} from '../controller.ts';
import {fromKey, itself, keyOf, reconciler} from '../reconciler.ts';
import type {LookAgain} from '../work-queue.ts';
import {isReady, isTerminating, type Pod} from '../workload/pods.ts';
import {type Budget, budgetsOf, source} from './budget.ts';
import {disruptionCondition} from './condition.ts';
import {expectedOf} from './expected.ts';

/** Says in each PodDisruptionBudget how many of its Pods may be evicted now. */
export const disruptionBudgets: Controller = context => {
  const {registry} = context;
  reconciler(context, {
    name: 'disruption-controller',
    watches: {
      'poddisruptionbudgets.policy': itself,
      pods: change => budgetsAround(registry, change),
    },
    reconcile(key) {
      const {namespace, name} = fromKey(key);
      const budget = registry.get('poddisruptionbudgets.policy', namespace, name);
      if (budget) return reconcile(context, budget);
    },
  });
};

/** How long an eviction that was allowed is waited for before its Pod counts again, in milliseconds. */
const deletionTimeout = 120_000;

const budgetsAround = (registry: Registry, {object, before}: Change<'pods'>) =>
  [object, ...(before && before.metadata.labels !== object.metadata.labels ? [before] : [])]
    .flatMap(pod => budgetsOf(registry, pod))
    .map(keyOf);

function reconcile(context: ControlContext, budget: Budget): LookAgain | undefined {
  const {registry, recorder, clock} = context;
  const pods = registry
    .list('pods', budget.metadata.namespace)
    .filter(({metadata}) => selects(budget.spec?.selector, metadata.labels));
  if (pods.length === 0) recorder.event(budget, 'Normal', 'NoPods', 'No matching pods found', source);
  const {expectedPods, desiredHealthy} = expectedOf(context, budget, pods);
  const disrupted = stillDisrupted(context, budget, pods);
  const isHealthy = (pod: Pod) => isReady(pod) && !isTerminating(pod) && !disrupted.has(pod.metadata.name);
  const currentHealthy = pods.filter(isHealthy).length;
  const spare = Math.max(0, currentHealthy - desiredHealthy);
  const disruptionsAllowed = expectedPods > 0 ? spare : 0;
  registry.change(
    'poddisruptionbudgets.policy',
    budget,
    draft => {
      draft.status = {
        currentHealthy,
        desiredHealthy,
        disruptionsAllowed,
        expectedPods,
        ...(budget.metadata.generation !== undefined && {observedGeneration: budget.metadata.generation}),
        ...(disrupted.size > 0 && {disruptedPods: Object.fromEntries(disrupted)}),
        conditions: disruptionCondition(budget, disruptionsAllowed, clock.now()),
      };
    },
    {subresource: 'status'},
  );
  return disrupted.size > 0 ? {after: deletionTimeout} : undefined;
}

/** The Pods whose eviction was allowed and whose deletion has not been seen yet, by name, with the time. */
function stillDisrupted(
  {recorder, clock}: ControlContext,
  {status, metadata}: Budget,
  pods: readonly Pod[],
): ReadonlyMap<string, string> {
  const disrupted = Object.entries((status?.disruptedPods ?? {}) as Record<string, string>);
  return new Map(
    disrupted.filter(([name, at]) => {
      const pod = pods.find(pod => pod.metadata.name === name);
      if (!pod || isTerminating(pod)) return false;
      if (clock.since(Date.parse(at)) <= deletionTimeout) return true;
      const message = `Pod was expected by PDB ${metadata.namespace}/${metadata.name} to be deleted but it wasn't`;
      recorder.event(pod, 'Warning', 'NotDeleted', message, source);
      return false;
    }),
  );
}
