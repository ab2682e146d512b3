import type {DeploymentCondition} from 'kubernetes-types/apps/v1.d.ts';
import type {SandboxClock} from '../../clock.ts';
import {timestamp} from '../../timestamps.ts';

export type Conditions = readonly DeploymentCondition[];
type Said = Pick<DeploymentCondition, 'type' | 'status'> & {reason: string; message: string};

export const conditionOf = (conditions: Conditions, type: string) =>
  conditions.find(one => one.type === type);

export const withoutCondition = (conditions: Conditions, type: string) =>
  conditions.filter(one => one.type !== type);

/**
 * With this condition at the end, as Kubernetes moves it there; as they are when status and reason are the same
 * already. The transition time stays while the status does.
 */
export function withCondition(conditions: Conditions, said: Said, clock: SandboxClock): Conditions {
  const before = conditionOf(conditions, said.type);
  if (before?.status === said.status && before.reason === said.reason) return conditions;
  return renewed(conditions, said, clock);
}

/** The same, but its update time is now even when nothing else differs. */
export function renewed(conditions: Conditions, said: Said, clock: SandboxClock): Conditions {
  const before = conditionOf(conditions, said.type);
  const now = timestamp(clock.now());
  const lastTransitionTime = before?.status === said.status ? (before.lastTransitionTime ?? now) : now;
  return [...withoutCondition(conditions, said.type), {...said, lastUpdateTime: now, lastTransitionTime}];
}
