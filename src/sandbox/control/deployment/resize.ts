import {desiredReplicas, maxReplicas} from './annotations.ts';
import {
  allOf,
  available,
  isActive,
  type ReplicaSet,
  type Rollout,
  type Scaling,
  sum,
  wanted,
} from './rollout.ts';

/** Was the Deployment itself scaled since its ReplicaSets were? */
export const isResized = (rollout: Rollout) =>
  allOf(rollout).some(one => {
    const desired = desiredReplicas(one);
    return isActive(one) && desired !== undefined && desired !== rollout.replicas;
  });

/**
 * Brings the ReplicaSets to the size that was asked for, without moving the rollout on: the one that is active gets
 * it all; in the middle of a rollout, each gets its share. A ReplicaSet in the answer may have its size already: then
 * its annotations are to follow.
 */
export function resize(rollout: Rollout): Scaling[] {
  const {replicas, old, rolling} = rollout;
  const only = activeOrLatest(rollout);
  if (only) return wanted(only) === replicas ? [] : [{replicaSet: only, replicas}];
  if (isSaturated(rollout)) return old.filter(isActive).map(replicaSet => ({replicaSet, replicas: 0}));
  return rolling ? proportional(rollout) : [];
}

/** The one ReplicaSet with Pods; where none has any, the newest. Undefined where several have. */
function activeOrLatest({newest, old}: Rollout): ReplicaSet | undefined {
  const active = allOf({newest, old}).filter(isActive);
  if (active.length > 1) return undefined;
  return active[0] ?? newest ?? old.at(-1);
}

const isSaturated = ({newest, replicas}: Rollout) =>
  newest !== undefined &&
  desiredReplicas(newest) === replicas &&
  wanted(newest) === replicas &&
  available(newest) === replicas;

/** Shares out what is to come or to go by size; what rounding leaves goes to the largest. */
function proportional(rollout: Rollout): Scaling[] {
  const {replicas, maxSurge} = rollout;
  const active = allOf(rollout).filter(isActive);
  const allowed = replicas > 0 ? replicas + maxSurge : 0;
  const toAdd = allowed - sum(active);
  const ordered = toAdd > 0 ? active.toReversed() : active;
  const bySize = ordered.toSorted((one, other) => wanted(other) - wanted(one));
  let added = 0;
  const sizes = bySize.map(replicaSet => {
    const left = toAdd - added;
    const share = shareOf(replicaSet, rollout);
    const part = toAdd > 0 ? Math.min(share, left) : Math.max(share, left);
    added += toAdd === 0 ? 0 : part;
    return {replicaSet, replicas: wanted(replicaSet) + (toAdd === 0 ? 0 : part)};
  });
  const [largest] = sizes;
  if (largest) largest.replicas = Math.max(0, largest.replicas + toAdd - added);
  return sizes;
}

/** How many Pods more, or fewer if negative, are this ReplicaSet's part of the new size. */
function shareOf(replicaSet: ReplicaSet, {deployment, replicas, maxSurge}: Rollout): number {
  if (replicas === 0) return -wanted(replicaSet);
  const before = maxReplicas(replicaSet) ?? deployment.status?.replicas ?? 0;
  if (before === 0) return 0;
  return Math.round((wanted(replicaSet) * (replicas + maxSurge)) / before) - wanted(replicaSet);
}
