import {mkdir, stat} from 'node:fs/promises';
import {posix} from 'node:path';
import type {Container, VolumeMount} from 'kubernetes-types/core/v1.d.ts';
import {createNodeFiles} from '../../node/node-files.ts';
import type {VolumeMountPoint} from '../containers/mounted-files.ts';
import {ContainerConfigError} from '../environment/environment.ts';
import {expand} from '../environment/expand.ts';
import type {MountedVolume} from './volume.ts';

/**
 * Where a container sees its Pod's volumes.
 * @param variables the container's, for subPathExpr
 * @throws ContainerConfigError for a subPath that cannot be had
 */
export const containerMounts = (
  container: Container,
  volumes: ReadonlyMap<string, MountedVolume>,
  variables: Readonly<Record<string, string>>,
): Promise<VolumeMountPoint[]> =>
  Promise.all(
    (container.volumeMounts ?? []).map(async mount => {
      const volume = volumes.get(mount.name);
      if (!volume)
        throw new ContainerConfigError(
          `cannot find volume "${mount.name}" to mount into container "${container.name}"`,
        );
      return {
        path: mountPath(mount),
        hostPath: await subPath(container, mount, volume, variables),
        volumeRoot: volume.hostPath,
        readOnly: (mount.readOnly ?? false) || (volume.readOnly ?? false),
        filesystem: volume.filesystem,
        ...(volume.size !== undefined && {size: volume.size}),
      };
    }),
  );

const mountPath = ({mountPath: path}: VolumeMount) => posix.resolve('/', path);

/** The directory (made when it is not there) or file below the volume. Links in it stay within the volume. */
async function subPath(
  container: Container,
  mount: VolumeMount,
  volume: MountedVolume,
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const path = mount.subPathExpr
    ? expand(mount.subPathExpr, name => variables[name], missing)
    : mount.subPath;
  if (!path) return volume.hostPath;
  const hostPath = await createNodeFiles(volume.hostPath, []).hostPath(posix.join('/', path));
  if (await stat(hostPath).catch(() => undefined)) return hostPath;
  await mkdir(hostPath, {recursive: true}).catch(() => {
    throw new ContainerConfigError(
      `failed to create subPath directory for volumeMount "${mount.name}" of container "${container.name}"`,
    );
  });
  return hostPath;
}

const missing = (name: string): never => {
  throw new ContainerConfigError(`missing value for ${name}`);
};
