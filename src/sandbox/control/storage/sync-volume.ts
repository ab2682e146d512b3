import {boundByController, type Claim, type Volume} from '../../volume-matching.ts';
import type {ControlContext} from '../controller.ts';
import {deleteVolume} from './delete-volume.ts';
import {setVolumePhase} from './phases.ts';

/** Says how a volume stands, and gives it back when its claim has gone. */
export function syncVolume(context: ControlContext, name: string): Promise<void> | undefined {
  const volume = context.registry.get('persistentvolumes', undefined, name);
  if (!volume) return undefined;
  const claimRef = volume.spec?.claimRef;
  if (!claimRef?.uid) {
    setVolumePhase(context, volume, 'Available');
    return undefined;
  }
  const claim = context.registry.get('persistentvolumeclaims', claimRef.namespace, claimRef.name ?? '');
  if (claim?.metadata.uid !== claimRef.uid) return release(context, volume);
  const bound = claim.spec?.volumeName;
  if (bound === name) setVolumePhase(context, volume, 'Bound');
  else if (bound) return giveBack(context, volume, claim);
  return undefined;
}

/** The claim is gone. */
function release(context: ControlContext, volume: Volume): Promise<void> | undefined {
  const phase = volume.status?.phase;
  const released =
    phase === 'Released' || phase === 'Failed' ? volume : setVolumePhase(context, volume, 'Released');
  if (!released || released.status?.phase === 'Failed' || released.metadata.deletionTimestamp)
    return undefined;
  return released.spec?.persistentVolumeReclaimPolicy === 'Delete'
    ? deleteVolume(context, released)
    : undefined;
}

/** The claim took another volume. One that was made for it goes, any other is free again, or as its maker reserved it. */
function giveBack(context: ControlContext, volume: Volume, {metadata}: Claim): Promise<void> | undefined {
  const {annotations} = volume.metadata;
  const wasMadeForIt = annotations?.['pv.kubernetes.io/provisioned-by'] !== undefined;
  if (wasMadeForIt && volume.spec?.persistentVolumeReclaimPolicy === 'Delete')
    return release(context, volume);
  const free = context.registry.change('persistentvolumes', volume, draft => {
    if (draft.spec?.claimRef?.uid !== metadata.uid) return;
    if (annotations?.[boundByController] === undefined) {
      delete draft.spec.claimRef.uid;
      delete draft.spec.claimRef.resourceVersion;
      return;
    }
    delete draft.spec.claimRef;
    delete draft.metadata.annotations?.[boundByController];
  });
  if (free) setVolumePhase(context, free, 'Available');
  return undefined;
}
