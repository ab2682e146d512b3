import {refOf} from '../../world/object.ts';
import type {DiagnosisFacts} from '../diagnosis.ts';
import {podsOf, type Rule} from './rule.ts';

/** No node may take the Pod, and the scheduler says why. While other Pods are on their way out it may be waiting for their place. */
export const unschedulable: Rule = context => {
  if (podsOf(context).some(({metadata}) => metadata.deletionTimestamp !== undefined)) return undefined;
  for (const pod of podsOf(context)) {
    const {conditions = []} = (pod.status ?? {}) as {
      conditions?: {type: string; status: string; reason?: string; message?: string}[];
    };
    const scheduled = conditions.find(({type}) => type === 'PodScheduled');
    if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable') continue;
    const patientUntil = (context.scene.world.track(pod.metadata.uid)?.versions[0]?.at ?? 0) + patience;
    if (context.now < patientUntil) {
      context.later.push(patientUntil);
      continue;
    }
    const {nodeSelector} = (pod.spec ?? {}) as {nodeSelector?: Record<string, string>};
    const reason = reasonOf(scheduled.message ?? '');
    const wanted = Object.entries(nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`);
    return {
      code: 'unschedulable',
      facts: {reason, ...(wanted.length > 0 ? {nodeSelector: wanted.join(',')} : {})},
      object: refOf('pods', pod),
      path:
        reason === 'selector' && wanted.length > 0
          ? 'spec.nodeSelector'
          : 'status.conditions[type=PodScheduled]',
      verdict: 'off-track',
      proof: scheduled.message ?? '',
    };
  }
  return undefined;
};

/** The scheduler may need a second look; until then it is no news. In milliseconds. */
const patience = 3_000;

/** The wording changed in Kubernetes 1.33 (k8s#129887), so both forms are looked for. */
function reasonOf(message: string): DiagnosisFacts['unschedulable']['reason'] {
  if (/volume node affinity conflict|PersistentVolume's node affinity/.test(message)) return 'volume';
  if (/node affinity\/selector|node selector|anti-affinity/.test(message)) return 'selector';
  if (/Insufficient/.test(message)) return 'resources';
  return /were unschedulable|untolerated taint/.test(message) ? 'cordoned' : 'other';
}
