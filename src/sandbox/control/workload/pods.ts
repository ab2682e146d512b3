import type {SandboxClock} from '../../clock.ts';
import type {Of} from '../../objects.ts';
import type {LookAgain} from '../work-queue.ts';

export type Pod = Of<'pods'>;

/** Has it ended for good? */
export const isFinished = ({status}: Pod) => status?.phase === 'Succeeded' || status?.phase === 'Failed';

export const isTerminating = ({metadata}: Pod) => metadata.deletionTimestamp !== undefined;

/** Does it count towards its owner's replicas? */
export const isActive = (pod: Pod) => !isFinished(pod) && !isTerminating(pod);

const readyCondition = ({status}: Pod) =>
  status?.conditions?.find(({type, status}) => type === 'Ready' && status === 'True');

export const isReady = (pod: Pod) => readyCondition(pod) !== undefined;

/** When it became ready, in milliseconds since the epoch; undefined while it is not. */
export function readySince(pod: Pod): number | undefined {
  const at = readyCondition(pod)?.lastTransitionTime;
  return at === undefined ? undefined : Date.parse(at);
}

/** Milliseconds until it is available, that is ready for so many seconds: 0 for now, undefined while it is not ready. */
function availableIn(pod: Pod, minReadySeconds: number, clock: SandboxClock): number | undefined {
  if (!isReady(pod)) return undefined;
  const since = readySince(pod);
  if (minReadySeconds === 0 || since === undefined) return 0;
  return Math.max(0, minReadySeconds * 1000 - clock.since(since));
}

export const isAvailable = (pod: Pod, minReadySeconds: number, clock: SandboxClock) =>
  availableIn(pod, minReadySeconds, clock) === 0;

/** When the next of these Pods will have been ready for so many seconds; undefined when none is waiting for that. */
export function nextAvailable(
  pods: readonly Pod[],
  minReadySeconds: number,
  clock: SandboxClock,
): LookAgain | undefined {
  const waits = pods.flatMap(pod => availableIn(pod, minReadySeconds, clock) || []);
  return waits.length > 0 ? {after: Math.min(...waits)} : undefined;
}
