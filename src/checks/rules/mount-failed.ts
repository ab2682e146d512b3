import {refOf} from '../../world/object.ts';
import {missingSource} from './missing-source.ts';
import {containersOf, eventAbout, type Rule, stayingPodsOf} from './rule.ts';

/** The kubelet cannot mount a volume: a hostPath of a type that is not there, a missing ConfigMap or Secret. */
export const mountFailed: Rule = context => {
  for (const pod of stayingPodsOf(context)) {
    const started = containersOf(pod).some(({state}) => state?.running || state?.terminated);
    const proof = started
      ? undefined
      : (eventAbout(pod, 'FailedMount', context.scene) ??
        eventAbout(pod, 'FailedAttachVolume', context.scene));
    if (proof === undefined) continue;
    const volume = /for volume "([^"]+)"/.exec(proof)?.[1];
    const missing = missingSource(proof, context.scene);
    const [, path, wanted] = /hostPath type check failed: (\S+) is not an? ([\w ]+)$/m.exec(proof) ?? [];
    return {
      code: 'mount-failed',
      facts: {
        ...(volume === undefined ? {} : {volume}),
        ...(missing ? {missing} : {}),
        ...(path && wanted ? {hostPath: {path, wanted}} : {}),
      },
      object: refOf('pods', pod),
      path: 'spec.volumes',
      verdict: 'off-track',
      proof,
    };
  }
  return undefined;
};
