import type {DeploymentCondition, DeploymentStatus} from 'kubernetes-types/apps/v1.d.ts';
import type {SandboxClock} from '../../clock.ts';
import {present} from '../workload/present.ts';
import {type Conditions, conditionOf, renewed, withCondition, withoutCondition} from './conditions.ts';
import {allOf, available, progressDeadline, type ReplicaSet, type Rollout, sum} from './rollout.ts';

/** The API's type is older than terminatingReplicas. */
export interface Status extends DeploymentStatus {
  terminatingReplicas?: number;
}

/** What the ReplicaSets amount to, and whether enough of it is available. Leaves Progressing as it is. */
export function countedStatus(rollout: Rollout, clock: SandboxClock): Status {
  const {deployment, newest, replicas, maxUnavailable} = rollout;
  const all = allOf(rollout);
  const {collisionCount, conditions = []} = deployment.status ?? {};
  const availableReplicas = sum(all, available);
  const enough = availableReplicas >= replicas - maxUnavailable;
  return {
    ...(deployment.metadata.generation && {observedGeneration: deployment.metadata.generation}),
    ...present(
      'replicas',
      sum(all, one => one.status?.replicas ?? 0),
    ),
    ...present('updatedReplicas', newest?.status?.replicas ?? 0),
    ...present(
      'readyReplicas',
      sum(all, one => one.status?.readyReplicas ?? 0),
    ),
    ...present('availableReplicas', availableReplicas),
    ...present('unavailableReplicas', Math.max(0, sum(all) - availableReplicas)),
    terminatingReplicas: sum(all, terminating),
    ...(collisionCount !== undefined && {collisionCount}),
    conditions: [...withCondition(conditions, enough ? minimumAvailable : minimumUnavailable, clock)],
  };
}

const terminating = ({status}: ReplicaSet) =>
  (status as {terminatingReplicas?: number} | undefined)?.terminatingReplicas ?? 0;

const minimumAvailable = {
  type: 'Available',
  status: 'True',
  reason: 'MinimumReplicasAvailable',
  message: 'Deployment has minimum availability.',
};
const minimumUnavailable = {
  type: 'Available',
  status: 'False',
  reason: 'MinimumReplicasUnavailable',
  message: 'Deployment does not have minimum availability.',
};

/** The same, and how far the rollout is: complete, progressing, out of time. */
export function rolloutStatus(rollout: Rollout, clock: SandboxClock): Status {
  const status = countedStatus(rollout, clock);
  const progressed = progressing(rollout, status, clock);
  return {...status, conditions: [...withFailures(progressed, rollout)]};
}

function progressing(rollout: Rollout, status: Status, clock: SandboxClock): Conditions {
  const conditions = status.conditions ?? [];
  const deadline = progressDeadline(rollout.deployment);
  if (deadline === undefined) return withoutCondition(conditions, 'Progressing');
  const before = conditionOf(conditions, 'Progressing');
  const settled = status.replicas === status.updatedReplicas && before?.reason === 'NewReplicaSetAvailable';
  if (settled) return conditions;
  const say = (status: 'True' | 'False', reason: string, did: string) => ({
    type: 'Progressing',
    status,
    reason,
    message: `${subject(rollout)} ${did}.`,
  });
  if (isComplete(rollout, status))
    return withCondition(
      conditions,
      say('True', 'NewReplicaSetAvailable', 'has successfully progressed'),
      clock,
    );
  if (hasProgressed(rollout, status))
    return renewed(conditions, say('True', 'ReplicaSetUpdated', 'is progressing'), clock);
  if (isTimedOut(before, deadline, clock))
    return withCondition(
      conditions,
      say('False', 'ProgressDeadlineExceeded', 'has timed out progressing'),
      clock,
    );
  return conditions;
}

const subject = ({newest, deployment}: Rollout) =>
  newest ? `ReplicaSet "${newest.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;

/** Are all Pods of the newest template, available, and is no other left? */
export const isComplete = (
  {deployment, replicas}: Pick<Rollout, 'deployment' | 'replicas'>,
  {updatedReplicas = 0, replicas: all = 0, availableReplicas = 0, observedGeneration = 0}: Status,
) =>
  updatedReplicas === replicas &&
  all === replicas &&
  availableReplicas === replicas &&
  observedGeneration >= (deployment.metadata.generation ?? 0);

/** More new Pods, fewer old ones, more that are ready or available than at the last look? */
function hasProgressed({deployment}: Rollout, status: Status): boolean {
  const before = counts(deployment.status ?? {});
  const now = counts(status);
  return (
    now.updated > before.updated ||
    now.old < before.old ||
    now.ready > before.ready ||
    now.available > before.available
  );
}
const counts = ({replicas = 0, updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0}: Status) => ({
  updated: updatedReplicas,
  old: replicas - updatedReplicas,
  ready: readyReplicas,
  available: availableReplicas,
});

function isTimedOut(
  condition: DeploymentCondition | undefined,
  deadline: number,
  clock: SandboxClock,
): boolean {
  if (!condition || condition.reason === 'NewReplicaSetAvailable') return false;
  if (condition.reason === 'ProgressDeadlineExceeded') return true;
  return clock.since(Date.parse(condition.lastUpdateTime ?? '')) > deadline * 1000;
}

/** A ReplicaSet's failure to make or remove Pods is the Deployment's, the newest one's first. */
function withFailures(conditions: Conditions, {newest, old}: Rollout): Conditions {
  const failure = [...(newest ? [newest] : []), ...old]
    .map(one => one.status?.conditions?.find(({type}) => type === 'ReplicaFailure'))
    .find(one => one !== undefined);
  const others = withoutCondition(conditions, 'ReplicaFailure');
  if (!failure) return others;
  const before = conditionOf(conditions, 'ReplicaFailure');
  if (before?.status === failure.status && before.reason === failure.reason) return conditions;
  return [...others, {...failure, lastUpdateTime: failure.lastTransitionTime}] as Conditions;
}

/** Milliseconds until the deadline could pass, for one more look then; undefined when there is nothing to wait for. */
export function deadlineIn({deployment, replicas}: Rollout, clock: SandboxClock): number | undefined {
  const deadline = progressDeadline(deployment);
  const {status = {}} = deployment;
  const condition = conditionOf(status.conditions ?? [], 'Progressing');
  if (deadline === undefined || !condition || isComplete({deployment, replicas}, status)) return undefined;
  if (condition.reason === 'ProgressDeadlineExceeded') return undefined;
  const left = deadline * 1000 - clock.since(Date.parse(condition.lastUpdateTime ?? ''));
  return Math.max(0, left) + 1000;
}
