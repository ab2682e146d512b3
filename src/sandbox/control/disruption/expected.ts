import type {Of, Stored} from '../../objects.ts';
import type {Registry} from '../../registry/registry.ts';
import type {ControlContext} from '../controller.ts';
import {scaled} from '../workload/int-or-percent.ts';
import {controllerOf} from '../workload/ownership.ts';
import type {Pod} from '../workload/pods.ts';
import {type Budget, source} from './budget.ts';

/** How many Pods there should be, and how many of them have to be healthy. Percentages are rounded up. */
export function expectedOf(context: ControlContext, budget: Budget, pods: readonly Pod[]) {
  const {minAvailable, maxUnavailable} = budget.spec ?? {};
  if (typeof minAvailable === 'number') return {expectedPods: pods.length, desiredHealthy: minAvailable};
  const expectedPods = expectedScale(context, budget, pods);
  if (minAvailable !== undefined)
    return {expectedPods, desiredHealthy: scaled(minAvailable, expectedPods, Math.ceil)};
  const unavailable = scaled(maxUnavailable ?? 0, expectedPods, Math.ceil);
  return {expectedPods, desiredHealthy: Math.max(0, expectedPods - unavailable)};
}

/** What the workloads ask for whose Pods are selected. A Pod of none cannot be counted. */
function expectedScale({registry, recorder}: ControlContext, budget: Budget, pods: readonly Pod[]): number {
  const replicas = new Map<string, number>();
  let unmanaged = false;
  for (const pod of pods) {
    const workload = workloadOf(registry, pod);
    if (workload) replicas.set(workload.metadata.uid, replicasOf(workload));
    else unmanaged = true;
  }
  if (unmanaged) {
    const selector = JSON.stringify(budget.spec?.selector);
    recorder.event(budget, 'Warning', 'UnmanagedPods', unmanagedMessage(selector), source);
  }
  return [...replicas.values()].reduce((total, count) => total + count, 0);
}

const unmanagedMessage = (selector: string) =>
  `Pods selected by this PodDisruptionBudget (selector: ${selector}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`;

type Workload = Of<'deployments.apps'> | Of<'replicasets.apps'> | Of<'statefulsets.apps'>;

/** A ReplicaSet's Deployment rather than itself. */
function workloadOf(registry: Registry, object: Pick<Stored, 'metadata'>): Workload | undefined {
  const {namespace} = object.metadata;
  const {kind, name = '', uid} = controllerOf(object) ?? {};
  const found =
    kind === 'ReplicaSet'
      ? registry.get('replicasets.apps', namespace, name)
      : kind === 'Deployment'
        ? registry.get('deployments.apps', namespace, name)
        : kind === 'StatefulSet'
          ? registry.get('statefulsets.apps', namespace, name)
          : undefined;
  if (found?.metadata.uid !== uid) return undefined;
  return found && (workloadOf(registry, found) ?? found);
}

const replicasOf = ({spec}: Workload) => spec?.replicas ?? 1;
