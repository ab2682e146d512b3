import type {ContainerStatus, PodStatus} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';
import {timestamp} from '../../timestamps.ts';
import type {ContainerRecord} from '../containers/container-record.ts';
import {conditionsOf} from './conditions.ts';
import {containerStatus, finalStatus} from './container-status.ts';
import {phaseOf} from './phase.ts';

export interface PodState {
  pod: Of<'pods'>;
  records: readonly ContainerRecord[];
  hostIP: string;
  /** While it has a sandbox. */
  podIP: string | undefined;
  /** Its sandbox is there; after it has ended, the address is still told. */
  sandboxReady: boolean;
  /** All its containers were stopped for good. */
  terminal: boolean;
  /** The kubelet failed it, e.g. evicted it. */
  failure: {reason: string; message: string} | undefined;
  /** Milliseconds since the epoch. */
  now: number;
}

/** The whole status of a Pod, as its kubelet writes it. */
export function podStatus(state: PodState): PodStatus {
  const {pod, records, hostIP, podIP, failure, terminal, now} = state;
  const phase = failure ? 'Failed' : phaseOf(pod, records, terminal);
  const hasInit = records.some(({kind}) => kind !== 'main');
  const statusOf = (record: ContainerRecord): ContainerStatus =>
    terminal ? finalStatus(record, hasInit) : containerStatus(record, hasInit);
  const statuses = (main: boolean) => records.filter(({kind}) => (kind === 'main') === main).map(statusOf);
  return {
    ...keptOf(pod),
    phase,
    observedGeneration: pod.metadata.generation ?? 1,
    conditions: conditionsOf({...state, phase}),
    ...failure,
    hostIP,
    hostIPs: [{ip: hostIP}],
    ...(podIP !== undefined && {podIP, podIPs: [{ip: podIP}]}),
    startTime: pod.status?.startTime ?? timestamp(now),
    ...(hasInit && {initContainerStatuses: statuses(false)}),
    containerStatuses: statuses(true),
  } as PodStatus;
}

/** What others wrote into the status. */
function keptOf({status}: Of<'pods'>): Partial<PodStatus> {
  const {qosClass, nominatedNodeName} = status ?? {};
  return {...(qosClass && {qosClass}), ...(nominatedNodeName && {nominatedNodeName})};
}
