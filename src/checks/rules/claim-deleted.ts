import {type KubeObject, refOf} from '../../world/object.ts';
import {current, type Track} from '../../world/world.ts';
import type {Scene} from '../select.ts';
import {specOf, volumeSpecOf} from './claims.ts';
import {atStepStart, isLeaving, type Rule, type RuleContext} from './rule.ts';

/**
 * A claim that had a volume was deleted in this step, which does not ask for that: what was in the volume is lost, or
 * at least out of reach, or will be.
 */
export const claimDeleted: Rule = context => {
  const {scene} = context;
  if (asksForIt(context)) return undefined;
  for (const track of scene.world.tracks('persistentvolumeclaims')) {
    const claim = lost(track, context);
    if (!claim) continue;
    const left = volumeOf(claim, scene);
    // A Pod still uses it; nothing takes a deletion back.
    const isGoing = current(track) !== undefined;
    if (left && volumeSpecOf(left).claimRef?.uid !== claim.metadata.uid) continue; // it was made free again
    // One that goes with its claim may still be on its way out.
    const kept = left !== undefined && volumeSpecOf(left).persistentVolumeReclaimPolicy !== 'Delete';
    const again = scene.world
      .objects('persistentvolumeclaims')
      .some(({metadata}) => metadata.name === claim.metadata.name);
    const {volumeName} = specOf(claim);
    return {
      code: 'claim-deleted',
      facts: {
        ...(volumeName === undefined ? {} : {volume: volumeName}),
        kept,
        again: again && !isGoing,
        ...(isGoing ? {isGoing} : {}),
      },
      object: refOf('persistentvolumeclaims', claim),
      path: 'metadata.uid',
      verdict: kept ? 'off-track' : 'dead-end',
    };
  }
  return undefined;
};

/** The claim as it was, if it had a volume when the step began and is gone now, or on its way out. */
function lost(track: Track, context: RuleContext): KubeObject | undefined {
  const before = atStepStart(track, context);
  const now = current(track);
  if ((now && !isLeaving(now)) || before?.metadata.namespace !== context.scene.namespace) return undefined;
  return before.metadata.deletionTimestamp === undefined && specOf(before).volumeName ? before : undefined;
}

/** The claim's volume, where it is still there. */
function volumeOf(claim: KubeObject, {world}: Scene): KubeObject | undefined {
  const {volumeName} = specOf(claim);
  return world.objects('persistentvolumes').find(({metadata}) => metadata.name === volumeName);
}

/** Not the wish that it be not deleted. */
const asking = /(?<!!has\(self\.metadata\.)deletionTimestamp|Released/;

/** Does a milestone of the step want a claim, or a volume, to go? */
const asksForIt = ({attempt}: RuleContext) =>
  attempt.step.milestones.some(
    ({object, gone, replaced, match, seen}) =>
      (gone || replaced !== undefined || asking.test(JSON.stringify(match ?? seen ?? ''))) &&
      ['persistentvolumeclaims', 'persistentvolumes'].includes(object?.kind ?? ''),
  );
