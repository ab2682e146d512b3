import type {SandboxClock} from '../../clock.ts';
import {isReady, type Pod, readySince} from '../workload/pods.ts';

/**
 * Which Pods go first when there are too many: without a node before with one, Pending before Running, not ready
 * before ready, lower deletion cost, more neighbours on the node, ready for a shorter time, more restarts, younger.
 * Of two that are about as long ready, chance decides, that is the UID.
 *
 * @param neighbours how many Pods of the same workload run on a node
 */
export function inDeletionOrder(
  pods: readonly Pod[],
  neighbours: (node: string) => number,
  {since}: Pick<SandboxClock, 'since'>,
): Pod[] {
  const worthOf = (pod: Pod) => [
    pod.spec?.nodeName ? 1 : 0,
    phases.indexOf(pod.status?.phase ?? ''),
    isReady(pod) ? 1 : 0,
    deletionCost(pod),
    -neighbours(pod.spec?.nodeName ?? ''),
  ];
  const ranked = pods.map(pod => ({pod, worth: worthOf(pod)}));
  return ranked
    .toSorted((one, other) => firstDifference(one.worth, other.worth) || byAge(one.pod, other.pod, since))
    .map(({pod}) => pod);
}

const phases = ['Pending', 'Unknown', 'Running'];

const deletionCost = ({metadata}: Pod) =>
  Number.parseInt(metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'] ?? '0', 10) || 0;

const firstDifference = (one: readonly number[], other: readonly number[]) =>
  one.map((worth, index) => worth - (other[index] ?? 0)).find(difference => difference !== 0) ?? 0;

function byAge(one: Pod, other: Pod, since: SandboxClock['since']): number {
  const ready = roughly(readySince(one), readySince(other), since);
  const byUid = one.metadata.uid < other.metadata.uid ? -1 : 1;
  if (ready !== undefined) return ready || byUid;
  const created = roughly(createdAt(one), createdAt(other), since) ?? 0;
  return restarts(other) - restarts(one) || created || byUid;
}

const createdAt = ({metadata}: Pod) => Date.parse(metadata.creationTimestamp);
const restarts = ({status}: Pod) =>
  Math.max(0, ...(status?.containerStatuses ?? []).map(({restartCount}) => restartCount));

/** The younger time first, where one is twice the other's age: undefined when they are the same, 0 when about so. */
function roughly(one: number | undefined, other: number | undefined, since: SandboxClock['since']) {
  if (one === undefined || other === undefined || one === other) return undefined;
  return magnitude(since(one)) - magnitude(since(other));
}
/** Kubernetes counts the age in nanoseconds. */
const magnitude = (age: number) => (age > 0 ? Math.floor(Math.log2(age * 1e6)) : -1);
