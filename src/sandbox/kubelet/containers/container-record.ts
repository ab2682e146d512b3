import type {Container, ContainerStateTerminated, ContainerStateWaiting} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';
import type {ContainerHandle} from './start-container.ts';

/** One run of a container, as the container runtime knows it. */
export interface ContainerRun {
  /** containerd://… */
  id: string;
  /** As the runtime resolved it, e.g. docker.io/library/busybox:1.37. */
  image: string;
  imageId: string;
  /** RFC 3339. */
  startedAt: string;
  /** Which of its Pod's sandboxes it ran in; 0 for one of before this kubelet was started. */
  sandbox: number;
  /** Milliseconds since the epoch; not there while it runs. */
  endedAt?: number;
  /** Not there while it runs. */
  terminated?: ContainerStateTerminated;
  /** Not there when it ended, or belonged to a kubelet before this one. */
  handle?: ContainerHandle;
}

/** What the kubelet knows of one container of a Pod. */
export interface ContainerRecord {
  spec: Container;
  kind: ContainerKind;
  restartCount: number;
  /** The newest run. */
  run?: ContainerRun;
  /** The run before. */
  last?: ContainerStateTerminated;
  /** Why the last sync did not start it: shown from the next sync on, as with a real kubelet. */
  waiting?: ContainerStateWaiting;
  /** It is (not) to receive requests; without a probe, what `started` says. */
  ready: boolean;
  /** Its startup probe succeeded; without one, it runs. */
  started: boolean;
}

/** A sidecar is an init container with restartPolicy Always. */
export type ContainerKind = 'init' | 'sidecar' | 'main';

/** A Pod's containers in the order they are started in. */
export function containersOf({spec}: Of<'pods'>): Pick<ContainerRecord, 'spec' | 'kind'>[] {
  const init = (spec?.initContainers ?? []).map(container => ({spec: container, kind: initKind(container)}));
  return [...init, ...(spec?.containers ?? []).map(container => ({spec: container, kind: 'main' as const}))];
}

const initKind = (container: Container & {restartPolicy?: string}): ContainerKind =>
  container.restartPolicy === 'Always' ? 'sidecar' : 'init';

export const isRunning = ({run}: ContainerRecord) => run !== undefined && run.terminated === undefined;
/** Ended by itself, with 0. */
export const hasSucceeded = ({run}: ContainerRecord) => run?.terminated?.exitCode === 0;

/** spec.containers{name}, as events point to a container. */
export const fieldPathOf = ({spec, kind}: Pick<ContainerRecord, 'spec' | 'kind'>) =>
  `spec.${kind === 'main' ? 'containers' : 'initContainers'}{${spec.name}}`;
