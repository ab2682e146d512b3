import type {Stats} from 'node:fs';
import {mkdir, open, stat} from 'node:fs/promises';
import type {HostPathVolumeSource} from 'kubernetes-types/core/v1.d.ts';
import type {NodeFiles} from '../../node/machine.ts';
import {type MountedVolume, setUpFailed} from './volume.ts';

/**
 * A directory or file of the node.
 * @param name of the volume in the Pod, or of the PersistentVolume
 */
export async function mountHostPath(
  files: NodeFiles,
  name: string,
  {path, type = ''}: HostPathVolumeSource,
): Promise<MountedVolume> {
  const hostPath = await files.hostPath(path);
  const found = await stat(hostPath).catch(() => undefined);
  if (!found) await create(files, name, path, type);
  else if (!(checks[type]?.is(found) ?? true)) throw typeCheckFailed(name, path, type);
  return {hostPath, filesystem: 'ext4'};
}

async function create(files: NodeFiles, name: string, path: string, type: string): Promise<void> {
  const hostPath = await files.hostPath(path);
  if (type === 'FileOrCreate') {
    await made(name, `open ${path}`, async () => (await open(hostPath, 'a', 0o644)).close());
  } else if (type === '' || type === 'DirectoryOrCreate') {
    // Without a type nothing is checked, and the container runtime makes the directory.
    await made(name, `mkdir ${path}`, () => mkdir(hostPath, {recursive: true, mode: 0o755}));
  } else {
    throw typeCheckFailed(name, path, type);
  }
}

/** What the system says against it is told without the host's paths, which Node.js puts into it. */
async function made(name: string, doing: string, make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw setUpFailed(name, `${doing}: ${/: (.*), /.exec(message)?.[1] ?? code}`);
  }
}

const isDirectory = {is: (found: Stats) => found.isDirectory(), called: 'a directory'};
const isFile = {is: (found: Stats) => found.isFile(), called: 'a file'};
const checks: Record<string, {is(found: Stats): boolean; called: string}> = {
  Directory: isDirectory,
  DirectoryOrCreate: isDirectory,
  File: isFile,
  FileOrCreate: isFile,
  Socket: {is: found => found.isSocket(), called: 'a socket file'},
  CharDevice: {is: found => found.isCharacterDevice(), called: 'a character device'},
  BlockDevice: {is: found => found.isBlockDevice(), called: 'a block device'},
};

const typeCheckFailed = (name: string, path: string, type: string) =>
  setUpFailed(name, `hostPath type check failed: ${path} is not ${checks[type]?.called}`);
