import type {RollingUpdateDeployment} from 'kubernetes-types/apps/v1.d.ts';
import {scaled} from '../workload/int-or-percent.ts';

/**
 * How many Pods more and how many fewer than asked for a rolling update may have for a time. Percentages of the
 * surge are rounded up, those of the unavailable ones down; both cannot be 0, or nothing could ever move.
 */
export function rollingLimits(
  {maxSurge = '25%', maxUnavailable = '25%'}: RollingUpdateDeployment = {},
  replicas: number,
) {
  const surge = scaled(maxSurge, replicas, Math.ceil);
  const unavailable = scaled(maxUnavailable, replicas, Math.floor);
  const atLeastOne = surge === 0 && unavailable === 0 ? 1 : unavailable;
  return {maxSurge: surge, maxUnavailable: Math.min(atLeastOne, replicas)};
}
