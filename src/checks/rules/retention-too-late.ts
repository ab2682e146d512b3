import {refOf} from '../../world/object.ts';
import {inLab, select} from '../select.ts';
import {type Rule, replicasOf} from './rule.ts';

/**
 * A claim is to be gone, and the retention policy of its StatefulSet says so; but the policy acts when a Pod is taken
 * away, and that one's was gone already when the policy came.
 */
export const retentionTooLate: Rule = ({milestone, scene}) => {
  if (milestone.object?.kind !== 'persistentvolumeclaims' || !milestone.gone) return undefined;
  for (const claim of select(milestone.object, scene)) {
    const {name, deletionTimestamp, ownerReferences = []} = claim.metadata;
    if (deletionTimestamp !== undefined || ownerReferences.length > 0) continue;
    for (const workload of inLab({kind: 'statefulsets.apps'}, scene)) {
      const {volumeClaimTemplates = [], persistentVolumeClaimRetentionPolicy: policy} = (workload.spec ??
        {}) as Spec;
      const pod = volumeClaimTemplates
        .map(({metadata}) => `${metadata.name}-`)
        .filter(prefix => name.startsWith(`${prefix}${workload.metadata.name}-`))
        .map(prefix => name.slice(prefix.length))[0];
      const ordinal = Number(/-(\d+)$/.exec(pod ?? '')?.[1] ?? Number.NaN);
      const isOver =
        ordinal >= (replicasOf(workload) ?? 1) && inLab({kind: 'pods', name: pod}, scene).length === 0;
      if (pod === undefined || policy?.whenScaled !== 'Delete' || !isOver) continue;
      return {
        code: 'retention-too-late',
        facts: {workload: workload.metadata.name, pod, replicas: ordinal + 1},
        object: refOf('persistentvolumeclaims', claim),
        path: 'metadata.ownerReferences',
        verdict: 'off-track',
      };
    }
  }
  return undefined;
};

interface Spec {
  volumeClaimTemplates?: {metadata: {name: string}}[];
  persistentVolumeClaimRetentionPolicy?: {whenScaled?: string};
}
