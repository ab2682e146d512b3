import type {Condition} from 'kubernetes-types/meta/v1.d.ts';
import {timestamp} from '../../timestamps.ts';
import type {Budget} from './budget.ts';

/** A budget's conditions, of which there is but one. @param now milliseconds since the epoch */
export function disruptionCondition({metadata, status}: Budget, allowed: number, now: number): Condition[] {
  const type = 'DisruptionAllowed';
  const before = status?.conditions?.find(one => one.type === type);
  const said = allowed > 0 ? sufficient : insufficient;
  return [
    {
      type,
      ...said,
      message: '',
      ...(metadata.generation !== undefined && {observedGeneration: metadata.generation}),
      lastTransitionTime: before?.status === said.status ? before.lastTransitionTime : timestamp(now),
    },
  ];
}

const sufficient = {status: 'True', reason: 'SufficientPods'};
const insufficient = {status: 'False', reason: 'InsufficientPods'};
