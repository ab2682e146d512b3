import type {PodCondition} from 'kubernetes-types/core/v1.d.ts';
import type {DeleteOptions, Registry} from '../registry/registry.ts';
import {notFound, StatusError} from '../status-error.ts';
import {timestamp} from '../timestamps.ts';
import {type Budget, budgetsOf} from './disruption/budget.ts';
import {disruptionCondition} from './disruption/condition.ts';
import {isFinished, isReady, isTerminating, type Pod} from './workload/pods.ts';

/**
 * What a POST to a Pod's subresource eviction does: deletes the Pod, as far as its budget allows.
 * @param now milliseconds since the epoch
 * @throws StatusError 404; 429 when the budget is used up; 500 when more than one budget selects the Pod
 */
export function evict(
  registry: Registry,
  namespace: string,
  name: string,
  options: DeleteOptions,
  now: number,
): void {
  const pod = registry.get('pods', namespace, name);
  if (!pod) throw notFound({group: '', resource: 'pods', kind: 'Pod'}, name);
  const [budget, another] = needsNoBudget(pod) ? [] : budgetsOf(registry, pod);
  if (another)
    throw new StatusError(
      500,
      '',
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  if (budget && !mayGoUnhealthy(pod, budget)) {
    refuseUnlessAllowed(budget);
    if (!options.dryRun) takeFromBudget(registry, budget, name, now);
  }
  if (!options.dryRun) noteDisruption(registry, pod, now);
  registry.delete('pods', namespace, name, options);
}

/** It serves nobody, or is going already. */
const needsNoBudget = (pod: Pod) => isFinished(pod) || pod.status?.phase === 'Pending' || isTerminating(pod);

/** A Pod that is running but not ready can go when enough others are healthy, or when the budget says so. */
function mayGoUnhealthy(pod: Pod, {spec, status}: Budget): boolean {
  if (isReady(pod)) return false;
  const {currentHealthy = 0, desiredHealthy = 0} = status ?? {};
  const enough = desiredHealthy > 0 && currentHealthy >= desiredHealthy;
  return enough || policyOf(spec) === 'AlwaysAllow';
}

/** The API's type is older than this field. */
const policyOf = (spec: Budget['spec']) =>
  (spec as {unhealthyPodEvictionPolicy?: string} | undefined)?.unhealthyPodEvictionPolicy;

function refuseUnlessAllowed({metadata, status}: Budget) {
  const {name, generation = 0} = metadata;
  if ((status?.observedGeneration ?? 0) < generation)
    throw tooMany(`The disruption budget ${name} is still being processed by the server.`, 10);
  if ((status?.disruptionsAllowed ?? 0) > 0) return;
  const {desiredHealthy = 0, currentHealthy = 0} = status ?? {};
  throw tooMany(
    `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
  );
}

const tooMany = (message: string, retryAfterSeconds?: number) =>
  new StatusError(
    429,
    'TooManyRequests',
    "Cannot evict pod as it would violate the pod's disruption budget.",
    {
      causes: [{reason: 'DisruptionBudget', message, field: ''}],
      ...(retryAfterSeconds !== undefined && {retryAfterSeconds}),
    },
  );

/** Until the budget's controller has seen the Pod go, the next eviction finds one fewer allowed. */
function takeFromBudget(registry: Registry, budget: Budget, pod: string, now: number) {
  registry.change(
    'poddisruptionbudgets.policy',
    budget,
    draft => {
      if (!draft.status) return;
      draft.status.disruptionsAllowed -= 1;
      draft.status.disruptedPods = {...draft.status.disruptedPods, [pod]: timestamp(now)};
      draft.status.conditions = disruptionCondition(budget, draft.status.disruptionsAllowed, now);
    },
    {subresource: 'status'},
  );
}

/** The API says so without an observedGeneration. */
function noteDisruption(registry: Registry, pod: Pod, now: number) {
  registry.change(
    'pods',
    pod,
    ({status}) => {
      const others = status?.conditions?.filter(({type}) => type !== 'DisruptionTarget') ?? [];
      if (status) status.conditions = [...others, disruptionTarget(now)];
    },
    {subresource: 'status'},
  );
}

const disruptionTarget = (now: number) =>
  ({
    type: 'DisruptionTarget',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: timestamp(now),
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  }) as unknown as PodCondition;
