import {refOf} from '../../world/object.ts';
import {select} from '../select.ts';
import type {Rule} from './rule.ts';

/** A Pod that is to be gone had an owner, and the owner was deleted without its Pods: --cascade=orphan. */
export const orphaned: Rule = ({milestone, scene}) => {
  if (milestone.object?.kind !== 'pods' || !milestone.gone) return undefined;
  for (const pod of select(milestone.object, scene)) {
    const {metadata} = pod;
    if (metadata.deletionTimestamp !== undefined || (metadata.ownerReferences ?? []).length > 0) continue;
    const [owner] =
      scene.world
        .track(metadata.uid)
        ?.versions.findLast(({object}) => (object?.metadata.ownerReferences ?? []).length > 0)?.object
        ?.metadata.ownerReferences ?? [];
    if (!owner) continue;
    return {
      code: 'orphaned',
      facts: {owner: `${owner.kind} ${owner.name}`},
      object: refOf('pods', pod),
      path: 'metadata.ownerReferences',
      verdict: 'off-track',
    };
  }
  return undefined;
};
