import type {Container, ContainerState, ContainerStatus} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';

/** What `kubectl get pods` tells in a word or two. */
export interface PodReadiness {
  /** Containers, with init containers that go on running beside the others. */
  ready: number;
  total: number;
  status: string;
  restarts: number;
  /** RFC 3339; when the last container that was started again had ended. */
  lastRestart: string | undefined;
}

type Pod = Of<'pods'>;

/** The init containers' trouble hides the containers', theirs the phase; a deletion hides them all. */
export function podReadiness(pod: Pod): PodReadiness {
  const {spec, status} = pod;
  const sidecars = (spec?.initContainers ?? []).filter(isSidecar);
  const init = initProgress(status?.initContainerStatuses ?? [], spec?.initContainers ?? []);
  const total = (spec?.containers.length ?? 0) + sidecars.length;
  const initializing = init.status !== undefined;
  if (initializing && !isInitialized(pod)) {
    const own = status?.initContainerStatuses ?? [];
    return {
      ready: init.ready,
      total,
      status: beingDeleted(pod) ?? init.status ?? '',
      ...restartsOf(own),
    };
  }
  const containers = status?.containerStatuses ?? [];
  const running = containers.filter(({ready, state}) => ready && state?.running && !saysWhy(state));
  return {
    ready: init.ready + running.length,
    total,
    status: beingDeleted(pod) ?? statusOf(pod, init.status, containers, running.length > 0),
    ...restartsOf([
      ...(status?.initContainerStatuses ?? []).filter(one => isNamed(one, sidecars)),
      ...containers,
    ]),
  };
}

const isSidecar = (container: Container) => container.restartPolicy === 'Always';
const isNamed = ({name}: ContainerStatus, containers: readonly Container[]) =>
  containers.some(container => container.name === name);

/** Where initialization stands: the first init container that is not done yet. */
function initProgress(statuses: readonly ContainerStatus[], containers: readonly Container[]) {
  let ready = 0;
  for (const [index, one] of statuses.entries()) {
    const {waiting, terminated} = one.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (one.started && isNamed(one, containers.filter(isSidecar))) {
      if (one.ready) ready++;
      continue;
    }
    if (terminated) return {ready, status: `Init:${ending(terminated)}`};
    if (waiting?.reason && waiting.reason !== 'PodInitializing')
      return {ready, status: `Init:${waiting.reason}`};
    return {ready, status: `Init:${index}/${containers.length}`};
  }
  return {ready, status: undefined};
}

/** The first container that says something speaks for all. */
function statusOf(
  {status}: Pod,
  initStatus: string | undefined,
  containers: readonly ContainerStatus[],
  running: boolean,
): string {
  const said = containers.flatMap(({state}) => saysWhy(state) ?? [])[0] ?? initStatus ?? phase(status);
  if (said !== 'Completed' || !running) return said;
  const ready = status?.conditions?.some(({type, status}) => type === 'Ready' && status === 'True');
  return ready ? 'Running' : 'NotReady';
}

function saysWhy({waiting, terminated}: ContainerState = {}): string | undefined {
  if (waiting?.reason) return waiting.reason;
  return terminated && ending(terminated);
}

const ending = ({reason, signal, exitCode}: NonNullable<ContainerState['terminated']>) => {
  if (reason) return reason;
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode}`;
};

function phase(status: Pod['status']): string {
  const gated = status?.conditions?.some(
    ({type, reason}) => type === 'PodScheduled' && reason === 'SchedulingGated',
  );
  return gated ? 'SchedulingGated' : status?.reason || status?.phase || '';
}

function beingDeleted({metadata, status}: Pod): string | undefined {
  if (metadata.deletionTimestamp === undefined) return undefined;
  if (status?.reason === 'NodeLost') return 'Unknown';
  return status?.phase === 'Succeeded' || status?.phase === 'Failed' ? undefined : 'Terminating';
}

const isInitialized = ({status}: Pod) =>
  status?.conditions?.some(({type, status}) => type === 'Initialized' && status === 'True') ?? false;

function restartsOf(statuses: readonly ContainerStatus[]): Pick<PodReadiness, 'restarts' | 'lastRestart'> {
  const ends = statuses.flatMap(({lastState}) => lastState?.terminated?.finishedAt ?? []).sort();
  return {
    restarts: statuses.reduce((sum, {restartCount}) => sum + (restartCount ?? 0), 0),
    lastRestart: ends.at(-1),
  };
}
