import {claimNames} from '../../claim-names.ts';
import type {Claim} from '../../volume-matching.ts';
import type {ControlContext} from '../controller.ts';
import {binderSource} from './source.ts';

/**
 * Tells that a claim is left to the scheduler: it waits for a Pod, or for the Pods that there are to find their node.
 * @param isNew the real controller sees a new claim before the Pod that is created right after it
 */
export function sayWhatItWaitsFor({registry, recorder}: ControlContext, claim: Claim, isNew: boolean): void {
  const {namespace, name} = claim.metadata;
  const pods = registry
    .list('pods', namespace)
    .filter(pod => pod.spec?.nodeName === undefined && claimNames(pod).includes(name))
    .map(pod => pod.metadata.name);
  if (isNew || pods.length === 0)
    recorder.event(
      claim,
      'Normal',
      'WaitForFirstConsumer',
      'waiting for first consumer to be created before binding',
      binderSource,
    );
  else {
    const message = `waiting for ${pods.length > 1 ? 'pods' : 'pod'} ${pods.join(',')} to be scheduled`;
    recorder.event(claim, 'Normal', 'WaitForPodScheduled', message, binderSource);
  }
}
