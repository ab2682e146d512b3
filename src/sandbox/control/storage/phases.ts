import {timestamp} from '../../timestamps.ts';
import type {Claim, Volume} from '../../volume-matching.ts';
import type {ControlContext} from '../controller.ts';

export type VolumePhase = 'Pending' | 'Available' | 'Bound' | 'Released' | 'Failed';

/** @param message why it failed */
export function setVolumePhase(
  {registry, clock}: ControlContext,
  volume: Volume,
  phase: VolumePhase,
  message?: string,
): Volume | undefined {
  return registry.change(
    'persistentvolumes',
    volume,
    draft => {
      if (draft.status?.phase === phase) return;
      draft.status = {
        phase,
        lastPhaseTransitionTime: timestamp(clock.now()),
        ...(message !== undefined && {message}),
      } as NonNullable<Volume['status']>;
    },
    {subresource: 'status'},
  );
}

/** A claim that is not bound has no size. */
export function setClaimPhase({registry}: ControlContext, claim: Claim, phase: 'Pending' | 'Lost'): void {
  const say = (draft: Claim) => {
    draft.status = {phase};
  };
  registry.change('persistentvolumeclaims', claim, say, {subresource: 'status'});
}
