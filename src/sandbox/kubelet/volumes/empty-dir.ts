import type {EmptyDirVolumeSource} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';
import {quantityValue} from '../../quantity.ts';
import {type MountedVolume, setUpFailed, type VolumeRequest, volumeDirectory} from './volume.ts';

/**
 * A directory that lives as long as its Pod. In memory it takes no more than its limit, or the Pod's.
 * @throws MountError for a medium that there is not; the API takes any
 */
export async function mountEmptyDir(
  {context, pod, volume}: VolumeRequest,
  source: EmptyDirVolumeSource,
): Promise<MountedVolume> {
  const {medium = ''} = source;
  if (!/^(Memory|HugePages(-.+)?)?$/.test(medium))
    throw setUpFailed(volume.name, `unknown storage medium "${medium}"`);
  const {files} = context.machine;
  const directory = emptyDirPath(pod, volume.name);
  await files.makeDirectory(directory);
  const hostPath = await files.hostPath(directory);
  if (medium !== 'Memory') return {hostPath, filesystem: 'ext4'};
  const size = memorySize(pod, source);
  return {hostPath, filesystem: 'tmpfs', ...(size !== undefined && {size})};
}

export const emptyDirPath = (pod: Of<'pods'>, volume: string) =>
  volumeDirectory(pod.metadata.uid, 'kubernetes.io~empty-dir', volume);

function memorySize({spec}: Of<'pods'>, {sizeLimit}: EmptyDirVolumeSource): number | undefined {
  const limits = (spec?.containers ?? []).map(({resources}) => resources?.limits?.memory);
  const ofPod = limits.reduce<number>(
    (sum, limit) => sum + (limit === undefined ? Infinity : quantityValue(limit)),
    0,
  );
  const size = Math.min(ofPod, sizeLimit === undefined ? Infinity : quantityValue(sizeLimit));
  return Number.isFinite(size) ? size : undefined;
}
