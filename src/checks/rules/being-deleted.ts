import type {Selector, WatchKind} from '../../lab/schema.ts';
import {type KubeObject, kindNames, refOf} from '../../world/object.ts';
import {inLab, type Scene} from '../select.ts';
import {holderOf, usersOf} from './claims.ts';
import {isLeaving, type Rule} from './rule.ts';

/** The object is on its way out, and something still holds it. Pods only end; that needs no words. */
export const beingDeleted: Rule = ({milestone, scene}) => {
  const selector = milestone.object;
  if (!selector || selector.kind === 'pods') return undefined;
  const [kind, object] = leaving(selector, scene) ?? [];
  if (!kind || !object) return undefined;
  const finalizers = (object.metadata.finalizers ?? []) as string[];
  const holders = holdersOf(object, finalizers, scene);
  const heldBy = holders.map(([of, {metadata}]) => `${kindNames[of]} ${metadata.name}`);
  // That it goes is what the step waits for; only who keeps it from going is news.
  if (milestone.gone && heldBy.length === 0) return undefined;
  return {
    code: 'being-deleted',
    facts: {finalizers, heldBy},
    object: refOf(kind, object),
    path: 'metadata.deletionTimestamp',
    // It is the learner's turn, unless who holds it is on its way out as well.
    ...(milestone.gone && !holders.every(([, holder]) => isLeaving(holder)) ? {verdict: 'off-track'} : {}),
  };
};

/** What is selected, or the volume that was deleted in the place of its claim. */
function leaving(selector: Selector, scene: Scene): [WatchKind, KubeObject] | undefined {
  const selected = inLab(selector, scene);
  const object = selected.find(isLeaving);
  if (object) return [selector.kind, object];
  if (selector.kind !== 'persistentvolumeclaims') return undefined;
  const claims = new Set(selected.map(({metadata}) => metadata.uid));
  const volume = scene.world
    .objects('persistentvolumes')
    .find(one => isLeaving(one) && claims.has(holderOf(one)?.uid ?? ''));
  return volume && ['persistentvolumes', volume];
}

/** Who keeps a claim or a volume: the Pods that mount it, the claim that has it. */
function holdersOf(
  object: KubeObject,
  finalizers: readonly string[],
  scene: Scene,
): [WatchKind, KubeObject][] {
  if (finalizers.includes('kubernetes.io/pvc-protection'))
    return usersOf(object.metadata.name, scene).map(pod => ['pods', pod]);
  const holder = finalizers.includes('kubernetes.io/pv-protection') ? holderOf(object) : undefined;
  return inLab({kind: 'persistentvolumeclaims'}, scene)
    .filter(({metadata}) => metadata.uid === holder?.uid)
    .map(claim => ['persistentvolumeclaims', claim]);
}
