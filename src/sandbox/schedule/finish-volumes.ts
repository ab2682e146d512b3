import {fromKey} from '../control/reconciler.ts';
import type {Outcome} from '../control/work-queue.ts';
import {bindPod} from './bind-pod.ts';
import {volumesOrdered} from './order-volumes.ts';
import {rejectPod} from './reject-pod.ts';
import type {Scheduling} from './scheduling.ts';

/** How long the volumes of a Pod may take, in milliseconds; kube-scheduler's default. */
const bindTimeout = 600_000;

/** Binds a Pod whose node is chosen as soon as its volumes are; when they do not come, it is scheduled anew. */
export function finishVolumes({context, cluster, waiting, assumed}: Scheduling, key: string): Outcome {
  const assumption = assumed.get(key);
  if (!assumption) return undefined;
  const {nodeName, since} = assumption;
  const {namespace, name} = fromKey(key);
  const pod = context.registry.get('pods', namespace, name) ?? assumption.pod;
  const volumes = volumesOrdered(context.registry, pod, nodeName);
  const left = bindTimeout - context.clock.since(since);
  if (volumes === 'pending' && left > 0) return {after: left};
  if (volumes === 'bound') {
    bindPod(context, pod, nodeName);
    return undefined;
  }
  assumed.delete(key);
  cluster.removePod(pod.metadata.uid);
  waiting.add(pod);
  const why = volumes === 'pending' ? 'context deadline exceeded' : 'selectedNode annotation reset for PVC';
  const message = `running PreBind plugin "VolumeBinding": binding volumes: ${why}`;
  rejectPod(context, pod, message, 'SchedulerError');
  return undefined;
}
