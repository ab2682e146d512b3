import {refOf} from '../../world/object.ts';
import {missingSource} from './missing-source.ts';
import {containersOf, eventAbout, podsOf, type Rule} from './rule.ts';

/** The kubelet cannot mount a volume: a hostPath of a type that is not there, a missing ConfigMap or Secret. */
export const mountFailed: Rule = context => {
  for (const pod of podsOf(context)) {
    const started = containersOf(pod).some(({state}) => state?.running || state?.terminated);
    const proof = started
      ? undefined
      : (eventAbout(pod, 'FailedMount', context.scene) ??
        eventAbout(pod, 'FailedAttachVolume', context.scene));
    if (proof === undefined) continue;
    const volume = /for volume "([^"]+)"/.exec(proof)?.[1];
    const missing = missingSource(proof, context.scene);
    return {
      code: 'mount-failed',
      facts: {...(volume === undefined ? {} : {volume}), ...(missing ? {missing} : {})},
      object: refOf('pods', pod),
      path: volume === undefined ? 'spec.volumes' : `spec.volumes[name=${volume}]`,
      verdict: 'off-track',
      proof,
    };
  }
  return undefined;
};
