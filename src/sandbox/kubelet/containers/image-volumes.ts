import type {Image} from '../../programs/program.ts';
import type {PodRuntime} from '../pod-runtime.ts';
import type {VolumeMountPoint} from './mounted-files.ts';

/** Where containerd keeps the volumes that an image asks for, by container, on the node. */
const directoryOf = (containerId: string) =>
  `/var/lib/rancher/k3s/agent/containerd/io.containerd.grpc.v1.cri/containers/${containerId.replace('containerd://', '')}`;

/** A real directory for each of the image's volumes where the Pod mounts nothing. */
export function imageVolumes(
  {context}: PodRuntime,
  {volumes = []}: Image,
  containerId: string,
  mounts: readonly VolumeMountPoint[],
): Promise<VolumeMountPoint[]> {
  const {files} = context.machine;
  const bare = volumes.filter(path => !mounts.some(mount => mount.path === path));
  return Promise.all(
    bare.map(async (path, index) => {
      const directory = `${directoryOf(containerId)}/volumes/${index}`;
      await files.makeDirectory(directory);
      const hostPath = await files.hostPath(directory);
      return {path, hostPath, volumeRoot: hostPath, readOnly: false, filesystem: 'ext4'};
    }),
  );
}

/** They are gone with the container. */
export const removeImageVolumes = ({context}: PodRuntime, containerId: string) =>
  context.machine.files.remove(directoryOf(containerId));
