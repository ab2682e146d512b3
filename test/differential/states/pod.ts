import type {Condition, Observed} from './state.ts';

interface ContainerStatus {
  name: string;
  ready: boolean;
  restartCount: number;
  state?: {
    waiting?: {reason?: string};
    running?: object;
    terminated?: {reason?: string; exitCode: number};
  };
}

/** Phase, what speaks against it, and each container: ready or not, its state, its restarts. */
export function podState({spec, status}: Observed): string[] {
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return [
    status?.phase ?? '-',
    ...(status?.reason ? [status.reason] : []),
    ...(spec?.nodeName ? ['scheduled'] : []),
    ...told(status?.conditions ?? []),
    ...(containers as ContainerStatus[]).map(containerState),
  ];
}

/** The conditions whose coming and going is not told by the rest. */
const told = (conditions: readonly Condition[]): string[] =>
  conditions.flatMap(({type, status, reason}) => {
    if (type === 'PodScheduled' && status === 'False') return [`${type}=False:${reason}`];
    if (type === 'Ready' && status === 'True') return ['Ready'];
    if (type === 'DisruptionTarget' && status === 'True') return [`${type}:${reason}`];
    return [];
  });

function containerState({name, ready, restartCount, state}: ContainerStatus): string {
  const {waiting, terminated} = state ?? {};
  const doing = waiting?.reason ?? (terminated ? `${terminated.reason}(${terminated.exitCode})` : 'running');
  return `[${name} ${doing}${ready ? ' ready' : ''}${restartCount > 0 ? ` restarts=${restartCount}` : ''}]`;
}
