import type {ContainerStateTerminated, ContainerStatus} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../objects.ts';
import {timestamp} from '../timestamps.ts';
import type {ContainerRecord, ContainerRun} from './containers/container-record.ts';
import {newRecords} from './pod-runtime.ts';

/**
 * What a kubelet finds of a Pod's containers when it starts: as after a reboot, none runs, and what ran has ended with
 * 255 and the reason Unknown.
 * @param now milliseconds since the epoch: when that was noticed
 */
export function recoverRecords(pod: Of<'pods'>, now: number): ContainerRecord[] {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  return newRecords(pod).map(record => {
    const status = statuses.find(({name}) => name === record.spec.name);
    const run = status && recoverRun(status, now);
    return run ? {...record, run, restartCount: status.restartCount} : record;
  });
}

function recoverRun(
  {state, lastState, containerID, image, imageID}: ContainerStatus,
  now: number,
): ContainerRun | undefined {
  const ended = state?.terminated ?? lastState?.terminated;
  const startedAt = state?.running?.startedAt ?? ended?.startedAt;
  if (!containerID || !startedAt) return undefined;
  const terminated: ContainerStateTerminated | undefined = state?.running
    ? {containerID, exitCode: 255, reason: 'Unknown', startedAt, finishedAt: timestamp(now)}
    : ended;
  return {
    id: containerID,
    image,
    imageId: imageID,
    startedAt,
    sandbox: 0,
    endedAt: now,
    ...(terminated && {terminated}),
  };
}
