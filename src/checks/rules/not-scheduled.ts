import type {KubeObject} from '../../world/object.ts';
import {controllersTime, isOldEnough, podsOf, type RuleContext} from './rule.ts';

/**
 * The Pods that the scheduler finds no node for, with what it says. While other Pods are on their way out they may be
 * waiting for their place.
 */
export function notScheduled(context: RuleContext): {pod: KubeObject; says: string}[] {
  const pods = podsOf(context);
  if (pods.some(({metadata}) => metadata.deletionTimestamp !== undefined)) return [];
  return pods.flatMap(pod => {
    const {conditions = []} = (pod.status ?? {}) as {
      conditions?: {type: string; status: string; reason?: string; message?: string}[];
    };
    const scheduled = conditions.find(({type}) => type === 'PodScheduled');
    const isRefused = scheduled?.status === 'False' && scheduled.reason === 'Unschedulable';
    return isRefused && isOldEnough(pod, controllersTime, context)
      ? [{pod, says: scheduled.message ?? ''}]
      : [];
  });
}
