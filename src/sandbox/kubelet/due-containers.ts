import type {Pod} from 'kubernetes-types/core/v1.d.ts';
import {type ContainerRecord, isRunning} from './containers/container-record.ts';

/**
 * Which containers of a Pod are to be started now: init containers one after the other, sidecars on the way, then all
 * others, and again those that ended and have to run.
 * @param sandbox its present one's number: what ran in another has to run again
 */
export function dueContainers(
  {spec}: Pick<Pod, 'spec'>,
  records: readonly ContainerRecord[],
  sandbox: number,
): ContainerRecord[] {
  const policy = spec?.restartPolicy ?? 'Always';
  const ran = ({run}: ContainerRecord) => run?.sandbox === sandbox;
  const failed = ({run}: ContainerRecord) => run?.terminated?.exitCode !== 0;
  const again = (record: ContainerRecord) =>
    policy === 'Always' || record.kind === 'sidecar' || (failed(record) && policy === 'OnFailure');
  const isDue = (record: ContainerRecord) => !isRunning(record) && (!record.run || again(record));

  const main = records.filter(({kind}) => kind === 'main');
  const due: ContainerRecord[] = [];
  for (const record of main.some(ran) ? [] : records.filter(({kind}) => kind !== 'main')) {
    if (record.kind === 'sidecar') {
      if (!isRunning(record)) due.push(record);
      if (!record.started) return due;
    } else if (!ran(record) || failed(record)) {
      const mayRun = !isRunning(record) && (!ran(record) || policy !== 'Never');
      return mayRun ? [...due, record] : due;
    }
  }
  const sidecars = main.some(ran)
    ? records.filter(record => record.kind === 'sidecar' && isDue(record))
    : due;
  return [...sidecars, ...main.filter(isDue)];
}
