import type {ContainerState, ContainerStatus, VolumeMount} from 'kubernetes-types/core/v1.d.ts';
import {type ContainerRecord, hasSucceeded, isRunning} from '../containers/container-record.ts';

/** What Go prints for a time that was never set. */
export const noTime = null as unknown as string;

/**
 * One container as its Pod's status tells of it.
 * @param hasInit the Pod has init containers: what does not run yet waits for them
 */
export function containerStatus(record: ContainerRecord, hasInit: boolean): ContainerStatus {
  const {spec, run, restartCount} = record;
  const {state, lastState} = statesOf(record, hasInit);
  const requests = spec.resources?.requests;
  return {
    name: spec.name,
    state,
    lastState,
    ready: isReady(record),
    started: record.kind === 'init' ? isRunning(record) : record.started,
    restartCount,
    image: run?.image ?? spec.image ?? '',
    imageID: run?.imageId ?? '',
    ...(run && {containerID: run.id, resources: spec.resources ?? {}}),
    ...(run && requests && {allocatedResources: requests}),
    ...(spec.volumeMounts?.length && {volumeMounts: spec.volumeMounts.map(volumeMount)}),
  } as ContainerStatus;
}

/** The status of a container that is gone with its Pod, be it that it never ran. */
export function finalStatus(record: ContainerRecord, hasInit: boolean): ContainerStatus {
  const {waiting: _, last: __, ...ended} = record;
  const status = containerStatus({...ended, ready: false, started: false}, hasInit);
  return status.state?.terminated ? status : {...status, state: {terminated: neverFound}};
}

const neverFound = {
  exitCode: 137,
  reason: 'ContainerStatusUnknown',
  message: 'The container could not be located when the pod was terminated',
  startedAt: noTime,
  finishedAt: noTime,
};

function statesOf({run, last, waiting, kind}: ContainerRecord, hasInit: boolean) {
  const before: ContainerState = last ? {terminated: last} : {};
  if (!run) {
    const reason = hasInit || kind !== 'main' ? 'PodInitializing' : 'ContainerCreating';
    return {state: {waiting: waiting ?? {reason}}, lastState: before};
  }
  if (!run.terminated) return {state: {running: {startedAt: run.startedAt}}, lastState: before};
  if (waiting) return {state: {waiting}, lastState: {terminated: run.terminated}};
  return {state: {terminated: run.terminated}, lastState: before};
}

const isReady = (record: ContainerRecord) =>
  record.kind === 'init' ? hasSucceeded(record) : isRunning(record) && record.ready;

const volumeMount = ({name, mountPath, readOnly}: VolumeMount) => ({
  name,
  mountPath,
  ...(readOnly && {readOnly, recursiveReadOnly: 'Disabled'}),
});
