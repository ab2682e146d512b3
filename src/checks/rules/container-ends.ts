import {type KubeObject, refOf} from '../../world/object.ts';
import {containersOf, type Rule, stayingPodsOf} from './rule.ts';

/** A program that is to go on comes to its end without an error, is started again, and ends again. */
export const containerEnds: Rule = context => {
  for (const pod of stayingPodsOf(context)) {
    const {restartPolicy = 'Always'} = (pod.spec ?? {}) as {restartPolicy?: string};
    if (restartPolicy !== 'Always') continue;
    for (const {name, state, lastState, restartCount} of containersOf(pod)) {
      const backsOff = state?.waiting?.reason === 'CrashLoopBackOff';
      const ended = state?.terminated ?? (backsOff ? lastState?.terminated : undefined);
      // One that was ended on purpose, to see it come back, is no loop yet.
      if (ended?.exitCode !== 0 || (restartCount < 2 && !backsOff) || isInit(pod, name)) continue;
      return {
        code: 'container-ends',
        facts: {container: name, restarts: restartCount},
        object: refOf('pods', pod),
        path: `spec.containers[name=${name}].command`,
        verdict: 'off-track',
      };
    }
  }
  return undefined;
};

const isInit = (pod: KubeObject, name: string) =>
  ((pod.status as {initContainerStatuses?: {name: string}[]}).initContainerStatuses ?? []).some(
    one => one.name === name,
  );
