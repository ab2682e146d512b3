import type {JobCondition} from 'kubernetes-types/batch/v1.d.ts';
import {timestamp} from '../../timestamps.ts';

/** What a condition is to say. */
export interface Said {
  type: 'Complete' | 'Failed' | 'FailureTarget' | 'SuccessCriteriaMet' | 'Suspended';
  status: 'True' | 'False';
  reason: string;
  message: string;
}

export const conditionOf = (conditions: readonly JobCondition[] | undefined, type: Said['type']) =>
  conditions?.find(one => one.type === type && one.status === 'True');

/** The same when it says so already. @param now milliseconds since the epoch */
export function withCondition(
  conditions: readonly JobCondition[] | undefined,
  said: Said,
  now: number,
): JobCondition[] {
  const known = conditions ?? [];
  const before = known.find(({type}) => type === said.type);
  if (before?.status === said.status && before.reason === said.reason) return [...known];
  const at = {lastProbeTime: timestamp(now), lastTransitionTime: timestamp(now)};
  return [...known.filter(one => one !== before), {...said, ...at}];
}
