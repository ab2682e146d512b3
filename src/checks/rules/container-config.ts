import {refOf} from '../../world/object.ts';
import {containersOf, podsOf, type Rule} from './rule.ts';

const reasons = ['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError'];

/** The container cannot even be made: a Secret or ConfigMap that is not there, a program that is not in the image. */
export const containerConfig: Rule = context => {
  for (const pod of podsOf(context))
    for (const {name, state} of containersOf(pod)) {
      const {reason = '', message} = state?.waiting ?? {};
      if (!reasons.includes(reason)) continue;
      return {
        code: 'container-config',
        facts: {container: name},
        object: refOf('pods', pod),
        path: `spec.containers[name=${name}]`,
        verdict: 'off-track',
        proof: message ?? reason,
      };
    }
  return undefined;
};
