import {refOf} from '../../world/object.ts';
import {containersOf, type Rule, stayingPodsOf} from './rule.ts';

const reasons = [
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'RegistryUnavailable',
];

/** A node cannot get the image: misspelt, not there, or the registry cannot be reached. */
export const imageNotPulled: Rule = context => {
  for (const pod of stayingPodsOf(context))
    for (const {name, image, state} of containersOf(pod)) {
      const {reason = '', message} = state?.waiting ?? {};
      if (!reasons.includes(reason)) continue;
      return {
        code: 'image-not-pulled',
        facts: {container: name, image, reason},
        object: refOf('pods', pod),
        path: `spec.containers[name=${name}].image`,
        verdict: 'off-track',
        ...(message === undefined ? {} : {proof: message}),
      };
    }
  return undefined;
};
