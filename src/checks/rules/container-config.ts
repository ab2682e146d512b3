import {refOf} from '../../world/object.ts';
import type {ContainerFacts} from '../facts/containers.ts';
import {missingSource} from './missing-source.ts';
import {containersOf, type Rule, stayingPodsOf} from './rule.ts';

const reasons = ['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError', 'StartError'];

/** The container cannot even be made: a Secret or ConfigMap that is not there, a program that is not in the image. */
export const containerConfig: Rule = context => {
  for (const pod of stayingPodsOf(context))
    for (const {name, state, lastState} of containersOf(pod)) {
      const failed = [state?.waiting, state?.terminated, lastState?.terminated].find(one =>
        reasons.includes(one?.reason ?? ''),
      );
      if (!failed || state?.running) continue;
      const {reason = '', message = reason} = failed;
      const missing = missingSource(message, context.scene);
      const program = /exec: "([^"]+)": (?:executable file not found|stat)/.exec(message)?.[1];
      const facts: ContainerFacts['container-config'] = {
        container: name,
        ...(missing ? {missing} : {}),
        ...(program === undefined ? {} : {program}),
      };
      return {
        code: 'container-config',
        facts,
        object: refOf('pods', pod),
        path: `spec.containers[name=${name}]${missing ? '.env' : program === undefined ? '' : '.command'}`,
        verdict: 'off-track',
        proof: message,
      };
    }
  return undefined;
};
