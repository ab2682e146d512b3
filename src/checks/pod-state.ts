import type {KubeObject} from '../world/object.ts';
import {nodeOf} from './milestone.ts';
import {containersOf} from './rules/rule.ts';

/** The state of a Pod as `kubectl get pods` words it in its STATUS column. */
export function podStatus(pod: KubeObject): string {
  if (pod.metadata.deletionTimestamp !== undefined) return 'Terminating';
  const {phase = 'Unknown', reason} = (pod.status ?? {}) as {phase?: string; reason?: string};
  for (const {state} of containersOf(pod)) {
    if (state?.waiting?.reason) return state.waiting.reason;
    if (state?.terminated) return state.terminated.reason ?? `ExitCode:${state.terminated.exitCode}`;
  }
  return reason ?? phase;
}

export function podSummary(pod: KubeObject) {
  const {conditions = []} = (pod.status ?? {}) as {conditions?: {type: string; status: string}[]};
  const containers = containersOf(pod);
  const exitCode = containers
    .map(
      ({state, lastState}) =>
        (state?.terminated ?? (state?.waiting ? lastState?.terminated : undefined))?.exitCode,
    )
    .find(code => code !== undefined && code !== 0);
  const node = nodeOf(pod);
  return {
    pod: pod.metadata.name,
    status: podStatus(pod),
    ready: conditions.some(({type, status}) => type === 'Ready' && status === 'True'),
    restarts: containers.reduce((sum, {restartCount}) => sum + restartCount, 0),
    ...(exitCode === undefined ? {} : {exitCode}),
    ...(node === undefined ? {} : {node}),
  };
}
