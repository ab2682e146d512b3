import {type KubeObject, refOf} from '../../world/object.ts';
import {crashCause} from './crash-cause.ts';
import {type ContainerStatus, containersOf, type Rule, stayingPodsOf} from './rule.ts';

/** A container ends with an error, again and again; the proof is the end of its log. */
export const crashLoop: Rule = context => {
  for (const pod of stayingPodsOf(context))
    for (const container of containersOf(pod)) {
      const ended = container.state?.terminated ?? container.lastState?.terminated;
      if (!isCrashing(container) || !ended) continue;
      // The log is on its way: one sentence with the proof is better than two.
      const proof = context.attempt.evidence.get(evidenceKey(pod, container));
      if (proof === undefined) continue;
      return {
        code: 'crash-loop',
        facts: {
          container: container.name,
          exitCode: ended.exitCode,
          restarts: container.restartCount,
          ...crashCause({...ended, log: proof}),
        },
        object: refOf('pods', pod),
        path: `status.containerStatuses[name=${container.name}].${container.state?.terminated ? 'state' : 'lastState'}.terminated.exitCode`,
        verdict: 'off-track',
        ...(proof === '' ? {} : {proof}),
      };
    }
  return undefined;
};

/** Ended with an error now, or waiting for its next try after one. */
export function isCrashing({state, lastState}: ContainerStatus): boolean {
  if (state?.terminated) return state.terminated.exitCode !== 0;
  return state?.waiting?.reason === 'CrashLoopBackOff' && (lastState?.terminated?.exitCode ?? 0) !== 0;
}

/** One log for every time a container ended. */
export const evidenceKey = (pod: KubeObject, {name, restartCount, state}: ContainerStatus) =>
  `${pod.metadata.uid}/${name}/${restartCount}${state?.terminated ? 't' : ''}`;
