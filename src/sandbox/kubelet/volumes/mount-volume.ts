import {mountClaim} from './claim.ts';
import {mountEmptyDir} from './empty-dir.ts';
import {mountHostPath} from './host-path.ts';
import {payloadOf, payloadPlugin} from './payload.ts';
import {type MountedVolume, setUpFailed, type VolumeRequest, volumeDirectory} from './volume.ts';
import {writePayload} from './write-payload.ts';

/**
 * Makes one volume of a Pod ready on its node, or, for one that is, brings its content up to date.
 * @throws MountError, ClaimError
 */
export async function mountVolume(request: VolumeRequest): Promise<MountedVolume> {
  const {context, pod, volume} = request;
  if (volume.emptyDir) return mountEmptyDir(request, volume.emptyDir);
  if (volume.hostPath) return mountHostPath(context.machine.files, volume.name, volume.hostPath);
  if (volume.persistentVolumeClaim) return mountClaim(request, volume.persistentVolumeClaim);
  if (volume.ephemeral) return mountClaim(request, {claimName: `${pod.metadata.name}-${volume.name}`});
  const plugin = payloadPlugin(volume);
  if (!plugin) throw setUpFailed(volume.name, 'volumes of this kind are not simulated');
  const payload = payloadOf(request);
  const hostPath = await context.machine.files.hostPath(
    volumeDirectory(pod.metadata.uid, plugin, volume.name),
  );
  await writePayload(hostPath, payload, context.clock.now());
  return {hostPath, filesystem: plugin === 'kubernetes.io~configmap' ? 'ext4' : 'tmpfs', readOnly: true};
}
