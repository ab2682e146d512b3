import {
  bestMatch,
  bindCompleted,
  boundByController,
  type Claim,
  classOf,
  isBoundTo,
  mismatch,
  selectedNode,
  waitsForConsumer,
} from '../../volume-matching.ts';
import type {ControlContext} from '../controller.ts';
import type {LookAgain} from '../work-queue.ts';
import {bind} from './bind.ts';
import {orderVolume} from './order-volume.ts';
import {setClaimPhase} from './phases.ts';
import {binderSource} from './source.ts';
import {sayWhatItWaitsFor} from './waiting-for-consumer.ts';

/** Every claim that is not bound is looked at again after so many milliseconds, and told of each time. */
const resync = {after: 15_000};

/** @param isNew whether this is the first look at the claim */
export function syncClaim(context: ControlContext, claim: Claim, isNew: boolean): LookAgain | undefined {
  if (claim.metadata.annotations?.[bindCompleted] !== undefined) {
    syncBoundClaim(context, claim);
    return undefined;
  }
  const isBound = claim.spec?.volumeName ? bindToNamed(context, claim) : bindToAny(context, claim, isNew);
  if (isBound) return undefined;
  setClaimPhase(context, claim, 'Pending');
  return resync;
}

/** What was bound stays bound; a volume that is lost is lost for good. */
function syncBoundClaim(context: ControlContext, claim: Claim): void {
  const name = claim.spec?.volumeName;
  if (!name) {
    lose(
      context,
      claim,
      'ClaimLost',
      'Bound claim has lost reference to PersistentVolume. Data on the volume is lost!',
    );
    return;
  }
  const volume = context.registry.get('persistentvolumes', undefined, name);
  if (!volume)
    lose(
      context,
      claim,
      'ClaimLost',
      'Bound claim has lost its PersistentVolume. Data on the volume is lost!',
    );
  else if (!volume.spec?.claimRef || volume.spec.claimRef.uid === claim.metadata.uid)
    bind(context, volume, claim);
  else
    lose(
      context,
      claim,
      'ClaimMisbound',
      'Two claims are bound to the same volume, this one is bound incorrectly',
    );
}

function lose(context: ControlContext, claim: Claim, reason: string, message: string): void {
  if (claim.status?.phase === 'Lost') return;
  setClaimPhase(context, claim, 'Lost');
  context.recorder.event(claim, 'Warning', reason, message, binderSource);
}

/** The claim asks for one certain volume. */
function bindToNamed(context: ControlContext, claim: Claim): boolean {
  const name = claim.spec?.volumeName ?? '';
  const volume = context.registry.get('persistentvolumes', undefined, name);
  if (!volume) return false;
  const warn = (reason: string, message: string) => {
    context.recorder.event(claim, 'Warning', reason, message, binderSource);
    return false;
  };
  if (!volume.spec?.claimRef) {
    const why = mismatch(volume, claim);
    if (why !== undefined) return warn('VolumeMismatch', `Cannot bind to requested volume "${name}": ${why}`);
  } else if (!isBoundTo(volume, claim)) {
    if (claim.metadata.annotations?.[boundByController] !== undefined) return false;
    return warn('FailedBinding', `volume "${name}" already bound to a different claim.`);
  }
  bind(context, volume, claim);
  return true;
}

/** Any volume will do; where there is none, who has to act is told. */
function bindToAny(context: ControlContext, claim: Claim, isNew: boolean): boolean {
  const {registry, recorder} = context;
  const waits = waitsForConsumer(registry, claim);
  const volume = bestMatch(claim, registry.list('persistentvolumes'), () => !waits);
  if (volume) {
    bind(context, volume, claim);
    return true;
  }
  const isUndecided = waits && claim.metadata.annotations?.[selectedNode] === undefined;
  if (waits && (isNew || isUndecided)) sayWhatItWaitsFor(context, claim, isNew);
  if (isUndecided) return false;
  if (classOf(claim) !== '') orderVolume(context, claim);
  else
    recorder.event(
      claim,
      'Normal',
      'FailedBinding',
      'no persistent volumes available for this claim and no storage class is set',
      binderSource,
    );
  return false;
}
