import type {PodCondition} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';
import {timestamp} from '../../timestamps.ts';
import {type ContainerRecord, hasSucceeded, isRunning} from '../containers/container-record.ts';
import {noTime} from './container-status.ts';
import type {Phase} from './phase.ts';

export interface ConditionSource {
  pod: Of<'pods'>;
  records: readonly ContainerRecord[];
  phase: Phase;
  /** Its sandbox is there, with an address. */
  sandboxReady: boolean;
  /** Milliseconds since the epoch. */
  now: number;
}

interface Finding {
  type: string;
  status: boolean;
  reason?: string;
  message?: string;
}

/** A Pod's conditions: those of others first, then the kubelet's own, as a real kubelet puts them together. */
export function conditionsOf(source: ConditionSource): PodCondition[] {
  const {pod, now} = source;
  const before = pod.status?.conditions ?? [];
  const ready = containersReady(source);
  const findings: Finding[] = [
    {type: 'PodReadyToStartContainers', status: source.sandboxReady},
    {type: 'Initialized', ...initialized(source)},
    {type: 'Ready', ...podReady(pod, ready)},
    {type: 'ContainersReady', ...ready},
    {type: 'PodScheduled', status: true},
  ];
  const own = new Set(findings.map(({type}) => type));
  return [
    ...before.filter(({type}) => !own.has(type)),
    ...findings.map(finding => condition(finding, pod, before, now)),
  ];
}

function condition(
  {status, ...rest}: Finding,
  pod: Of<'pods'>,
  before: readonly PodCondition[],
  now: number,
): PodCondition {
  const old = before.find(({type}) => type === rest.type);
  const said = status ? 'True' : 'False';
  return {
    ...rest,
    status: said,
    observedGeneration: pod.metadata.generation ?? 1,
    lastProbeTime: noTime,
    lastTransitionTime:
      old?.status === said && old.lastTransitionTime ? old.lastTransitionTime : timestamp(now),
  } as PodCondition;
}

function initialized({records, phase}: ConditionSource): Omit<Finding, 'type'> {
  if (phase === 'Succeeded') return {status: true, reason: 'PodCompleted'};
  const incomplete = records.filter(
    record =>
      (record.kind === 'init' && !hasSucceeded(record)) || (record.kind === 'sidecar' && !record.started),
  );
  const mainHasRun = records.some(({kind, run}) => kind === 'main' && run);
  if (incomplete.length === 0 || mainHasRun) return {status: true};
  return {
    status: false,
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: [${names(incomplete)}]`,
  };
}

function containersReady({records, phase}: ConditionSource): Omit<Finding, 'type'> {
  if (phase === 'Succeeded') return {status: false, reason: 'PodCompleted'};
  if (phase === 'Failed') return {status: false, reason: 'PodFailed'};
  const unready = records.filter(record => record.kind !== 'init' && !(isRunning(record) && record.ready));
  if (unready.length === 0) return {status: true};
  return {
    status: false,
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${names(unready)}]`,
  };
}

function podReady({spec, status}: Of<'pods'>, ready: Omit<Finding, 'type'>): Omit<Finding, 'type'> {
  if (!ready.status) return ready;
  const complaints = (spec?.readinessGates ?? []).flatMap(({conditionType}) => {
    const found = status?.conditions?.find(({type}) => type === conditionType);
    if (!found) return `corresponding condition of pod readiness gate "${conditionType}" does not exist.`;
    if (found.status === 'True') return [];
    return `the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`;
  });
  if (complaints.length === 0) return {status: true};
  return {status: false, reason: 'ReadinessGatesNotReady', message: complaints.join(', ')};
}

const names = (records: readonly ContainerRecord[]) => records.map(({spec}) => spec.name).join(' ');
