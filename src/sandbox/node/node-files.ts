import {chmod, mkdir, readdir, readlink, rm} from 'node:fs/promises';
import type {NodeFiles} from './machine.ts';
import {behind, type MountPoint, mountOf, resolveLinks} from './resolve-links.ts';

/**
 * The files of one node.
 * @param root the node's own directory on the host
 * @param mounts directories of the host that appear elsewhere in the node, e.g. the one that all nodes share
 */
export function createNodeFiles(root: string, mounts: readonly MountPoint[]): NodeFiles {
  const all = [{path: '/', hostPath: root}, ...mounts];
  const onHost = (resolved: string) =>
    behind(mountOf(all, resolved) ?? {path: '/', hostPath: root}, resolved);
  const readLink = (path: string) => readlink(onHost(path)).catch(() => undefined);
  const hostPath = async (path: string) => onHost(await resolveLinks(path, readLink));
  return {
    hostPath,
    list: async path => (await readdir(await hostPath(path))).toSorted(),
    async makeDirectory(path, mode) {
      const directory = await hostPath(path);
      const made = await mkdir(directory, {recursive: true});
      // The umask of this process is none of the node's business.
      if (made !== undefined && mode !== undefined) await chmod(directory, mode);
    },
    async remove(path) {
      const link = onHost(await resolveLinks(path, readLink, false));
      if (all.some(mount => mount.hostPath === link)) throw busy(path);
      await rm(link, {recursive: true, force: true});
    },
  };
}

const busy = (path: string) =>
  Object.assign(new Error(`EBUSY: device or resource busy, '${path}'`), {code: 'EBUSY'});
