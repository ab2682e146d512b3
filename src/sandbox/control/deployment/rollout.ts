import type {SandboxClock} from '../../clock.ts';
import type {Of} from '../../objects.ts';
import {rollingLimits} from './limits.ts';

export type Deployment = Of<'deployments.apps'>;
export type ReplicaSet = Of<'replicasets.apps'>;

/** A Deployment and its ReplicaSets, as every decision about it sees them. */
export interface Rollout {
  deployment: Deployment;
  /** The replicas asked for. */
  replicas: number;
  rolling: boolean;
  maxSurge: number;
  maxUnavailable: number;
  /** The ReplicaSet of the current template, if there is one. */
  newest: ReplicaSet | undefined;
  /** All others, the first created first. */
  old: readonly ReplicaSet[];
}

/** How many replicas a ReplicaSet should come to ask for. */
export interface Scaling {
  replicaSet: ReplicaSet;
  replicas: number;
}

export function rolloutOf(
  deployment: Deployment,
  newest: ReplicaSet | undefined,
  old: readonly ReplicaSet[],
): Rollout {
  const replicas = deployment.spec?.replicas ?? 1;
  const rolling = deployment.spec?.strategy?.type !== 'Recreate';
  const limits = rolling
    ? rollingLimits(deployment.spec?.strategy?.rollingUpdate, replicas)
    : {maxSurge: 0, maxUnavailable: 0};
  return {deployment, replicas, rolling, ...limits, newest, old};
}

/** All ReplicaSets, the newest one last. */
export const allOf = ({newest, old}: Pick<Rollout, 'newest' | 'old'>): readonly ReplicaSet[] =>
  newest ? [...old, newest] : old;

export const wanted = ({spec}: ReplicaSet) => spec?.replicas ?? 0;
export const available = ({status}: ReplicaSet) => status?.availableReplicas ?? 0;

/** How many replicas these ReplicaSets ask for together, or whatever else is counted of each. */
export const sum = (replicaSets: readonly ReplicaSet[], count: (one: ReplicaSet) => number = wanted) =>
  replicaSets.reduce((total, one) => total + count(one), 0);

export const isActive = (one: ReplicaSet) => wanted(one) > 0;

/** Seconds; undefined when no deadline is set. */
export function progressDeadline({spec}: Deployment): number | undefined {
  const seconds = spec?.progressDeadlineSeconds;
  return seconds === undefined || seconds === noDeadline ? undefined : seconds;
}
/** What Kubernetes takes for no deadline: the largest int32. */
const noDeadline = 2_147_483_647;

export type Clock = Pick<SandboxClock, 'now' | 'since'>;
