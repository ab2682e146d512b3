import type {Pod} from 'kubernetes-types/core/v1.d.ts';
import {type ContainerRecord, hasSucceeded, isRunning} from '../containers/container-record.ts';

export type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

/** @param terminal the Pod's containers were stopped for good */
export function phaseOf(
  {spec}: Pick<Pod, 'spec'>,
  records: readonly ContainerRecord[],
  terminal: boolean,
): Phase {
  const policy = spec?.restartPolicy ?? 'Always';
  const init = records.filter(({kind}) => kind === 'init');
  const sidecars = records.filter(({kind}) => kind === 'sidecar');
  const main = records.filter(({kind}) => kind === 'main');
  const initFailed = init.some(record => record.run?.terminated && !hasSucceeded(record));
  if (initFailed && (policy === 'Never' || terminal)) return 'Failed';

  const mainHasRun = main.some(({run}) => run);
  const initializing = init.some(record => !hasSucceeded(record)) || sidecars.some(({run}) => !run);
  if (!terminal && initializing && !mainHasRun) return 'Pending';
  if (!terminal && main.some(({run}) => !run)) return 'Pending';
  if (main.some(isRunning)) return 'Running';

  const allSucceeded = main.every(hasSucceeded);
  if (terminal) return allSucceeded ? 'Succeeded' : 'Failed';
  if (policy === 'Always') return 'Running';
  if (allSucceeded) return 'Succeeded';
  return policy === 'Never' ? 'Failed' : 'Running';
}
