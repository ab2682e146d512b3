import {type KubeObject, refOf} from '../../world/object.ts';
import {inLab, type Scene} from '../select.ts';
import {holderOf, usersOf} from './claims.ts';
import type {Rule} from './rule.ts';

/** The object is on its way out, and something still holds it. Pods only end; that needs no words. */
export const beingDeleted: Rule = ({milestone, scene}) => {
  const selector = milestone.object;
  if (!selector || selector.kind === 'pods') return undefined;
  const object = inLab(selector, scene).find(({metadata}) => metadata.deletionTimestamp !== undefined);
  if (!object) return undefined;
  const finalizers = (object.metadata.finalizers ?? []) as string[];
  const heldBy = holdersOf(object, finalizers, scene);
  // That it goes is what the step waits for; only who keeps it from going is news.
  if (milestone.gone && heldBy.length === 0) return undefined;
  return {
    code: 'being-deleted',
    facts: {finalizers, heldBy},
    object: refOf(selector.kind, object),
    path: 'metadata.deletionTimestamp',
  };
};

/** Who keeps a claim or a volume: the Pods that mount it, the claim that has it. */
function holdersOf(object: KubeObject, finalizers: readonly string[], scene: Scene): string[] {
  if (finalizers.includes('kubernetes.io/pvc-protection'))
    return usersOf(object.metadata.name, scene).map(({metadata}) => `Pod ${metadata.name}`);
  const holder = finalizers.includes('kubernetes.io/pv-protection') ? holderOf(object) : undefined;
  const isThere = inLab({kind: 'persistentvolumeclaims'}, scene).some(
    ({metadata}) => metadata.uid === holder?.uid,
  );
  return holder && isThere ? [`PersistentVolumeClaim ${holder.claim}`] : [];
}
