import type {PodCondition} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from './objects.ts';
import {timestamp} from './timestamps.ts';

/** What a condition says; kubernetes-types does not know its observedGeneration yet. */
export type SaidCondition = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>;

/**
 * Sets one of a Pod's conditions, as of the Pod's present generation. The time of its last transition stays unless its
 * status is another; nothing changes when it says the same already.
 * @param pod a draft
 * @param now milliseconds since the epoch
 */
export function setPodCondition(pod: Of<'pods'>, said: SaidCondition, now: number): void {
  pod.status ??= {};
  pod.status.conditions ??= [];
  const {conditions} = pod.status;
  const index = conditions.findIndex(({type}) => type === said.type);
  const before = conditions[index];
  const condition = {
    lastProbeTime: before?.lastProbeTime ?? null,
    lastTransitionTime: before?.status === said.status ? before.lastTransitionTime : timestamp(now),
    ...said,
    ...(pod.metadata.generation !== undefined && {observedGeneration: pod.metadata.generation}),
  } as PodCondition;
  if (index < 0) conditions.push(condition);
  else conditions[index] = condition;
}
