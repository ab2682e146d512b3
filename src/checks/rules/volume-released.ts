import {type KubeObject, refOf} from '../../world/object.ts';
import {inLab, type Scene} from '../select.ts';
import {claimsOf, holderOf, phaseOf, specOf, unsuited} from './claims.ts';
import {atStepStart, type Rule, type RuleContext} from './rule.ts';

/** A volume keeps itself for a claim that was deleted, and so nobody else gets it. */
export const volumeReleased: Rule = context => {
  const found = ofMilestone(context) ?? ofPendingClaim(context);
  const holder = found && holderOf(found.volume);
  if (!found || !holder) return undefined;
  return {
    code: 'volume-released',
    facts: {claim: holder.claim, ...(found.wantedBy === undefined ? {} : {wantedBy: found.wantedBy})},
    object: refOf('persistentvolumes', found.volume),
    path: 'spec.claimRef',
    verdict: 'off-track',
  };
};

interface Found {
  volume: KubeObject;
  wantedBy?: string;
}

/** The milestone wants the volume itself to be free, or bound. */
function ofMilestone(context: RuleContext): Found | undefined {
  const {milestone, scene} = context;
  if (milestone.object?.kind !== 'persistentvolumes' || milestone.gone) return undefined;
  const volume = inLab(milestone.object, scene).find(isReleased);
  if (!volume) return undefined;
  // A step that takes it up Released means to free it; what it is then needs no words.
  const before = atStepStart(scene.world.track(volume.metadata.uid), context);
  const wasSo = before !== undefined && isReleased(before);
  return wasSo && !wants(milestone, 'Bound') ? undefined : {volume};
}

const wants = ({match, seen}: RuleContext['milestone'], phase: string) =>
  JSON.stringify(match ?? seen ?? '').includes(phase);

function ofPendingClaim(context: RuleContext): Found | undefined {
  for (const claim of claimsOf(context)) {
    if (phaseOf(claim) !== 'Pending') continue;
    const volume = freeBut(claim, context.scene);
    if (volume) return {volume, wantedBy: claim.metadata.name};
  }
  return undefined;
}

/** The volume that would suit the claim, were it not Released; undefined when another one is free. */
function freeBut(claim: KubeObject, {world}: Scene): KubeObject | undefined {
  const {volumeName} = specOf(claim);
  const suiting = world
    .objects('persistentvolumes')
    .filter(volume => volumeName === undefined || volume.metadata.name === volumeName)
    .filter(volume => unsuited(volume, claim).length === 0);
  return suiting.some(volume => phaseOf(volume) === 'Available') ? undefined : suiting.find(isReleased);
}

const isReleased = (volume: KubeObject) => phaseOf(volume) === 'Released';
