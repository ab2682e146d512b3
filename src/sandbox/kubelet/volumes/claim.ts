import {stat} from 'node:fs/promises';
import type {PersistentVolumeClaimVolumeSource} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';
import {mountHostPath} from './host-path.ts';
import {MountError, type MountedVolume, setUpFailed, type VolumeRequest} from './volume.ts';

/** A claim that cannot be processed: the kubelet says so for the Pod as a whole, and looks again later. */
export class ClaimError extends Error {
  override readonly name = 'ClaimError';
}

/**
 * The PersistentVolume behind a claim.
 * @throws ClaimError; MountError
 */
export async function mountClaim(
  request: VolumeRequest,
  {claimName, readOnly = false}: PersistentVolumeClaimVolumeSource,
): Promise<MountedVolume> {
  const {machine} = request.context;
  const {metadata, spec} = boundVolume(request, claimName);
  if (spec?.hostPath)
    return {...(await mountHostPath(machine.files, metadata.name, spec.hostPath)), readOnly};
  if (!spec?.local) throw setUpFailed(metadata.name, 'the sandbox mounts hostPath and local volumes only');
  const hostPath = await machine.files.hostPath(spec.local.path);
  const found = await stat(hostPath).catch(() => undefined);
  if (!found) throw newMounterFailed(metadata.name, `path "${spec.local.path}" does not exist`);
  return {hostPath, filesystem: 'ext4', readOnly};
}

function boundVolume({context: {registry}, pod}: VolumeRequest, claimName: string): Of<'persistentvolumes'> {
  const {namespace} = pod.metadata;
  const where = `error processing PVC ${namespace}/${claimName}`;
  const claim = registry.get('persistentvolumeclaims', namespace, claimName);
  if (!claim)
    throw new ClaimError(
      `${where}: failed to fetch PVC from API server: persistentvolumeclaims "${claimName}" not found`,
    );
  if (claim.metadata.deletionTimestamp) throw new ClaimError(`${where}: PVC is being deleted`);
  const {volumeName} = claim.spec ?? {};
  if (claim.status?.phase !== 'Bound' || !volumeName) throw new ClaimError(`${where}: PVC is not bound`);
  const volume = registry.get('persistentvolumes', undefined, volumeName);
  if (!volume)
    throw new ClaimError(
      `${where}: failed to fetch PV ${volumeName} from API server: persistentvolumes "${volumeName}" not found`,
    );
  return volume;
}

const newMounterFailed = (volume: string, why: string) =>
  new MountError(`MountVolume.NewMounter initialization failed for volume "${volume}" : ${why}`);
