import {posix} from 'node:path';
import type {FsStat, IFileSystem, InMemoryFs} from 'just-bash';
import {behind, mountOf, resolveLinks} from '../../node/resolve-links.ts';
import type {Image, RunningContainer} from '../../programs/program.ts';
import {fileError} from './file-error.ts';
import {bytes, type FileLayer, mountedFiles, type VolumeMountPoint} from './mounted-files.ts';

/**
 * A container's root file system: the image's files in memory, which are gone with the container, and the Pod's
 * volumes on top. Links are followed within the container, over the borders of volumes, never on the host.
 *
 * @param managed what the kubelet adds to the image, e.g. /etc/hosts
 */
export function createContainerFiles(
  image: Pick<Image, 'files'>,
  managed: Readonly<Record<string, string>>,
  mounts: readonly VolumeMountPoint[],
): Pick<RunningContainer, 'files' | 'hostPath'> {
  // Made when it is first looked at: most containers that idle never do.
  let own: Promise<InMemoryFs> | undefined;
  const layers = new Map(mounts.map(mount => [mount, mountedFiles(mount)]));
  const layerAt = async (path: string): Promise<FileLayer> => {
    const mount = mountOf(mounts, path);
    const mounted = mount && layers.get(mount);
    if (mounted) return mounted;
    own ??= imageLayer({...image.files, ...managed}, mounts);
    return own;
  };
  const readLink = async (path: string) => {
    const layer = await layerAt(path);
    return layer.readlink(path).catch(() => undefined);
  };
  const followed = (path: string) => resolveLinks(path, readLink);
  const itself = (path: string) => resolveLinks(path, readLink, false);

  /** Does something where a path leads, links in all its parts followed. */
  const on = async <T>(path: string, action: (layer: FileLayer, path: string) => Promise<T>) => {
    const resolved = await followed(path);
    return action(await layerAt(resolved), resolved);
  };
  /** Does something with what has this name, be it a link. */
  const onName = async <T>(path: string, action: (layer: FileLayer, path: string) => Promise<T>) => {
    const resolved = await itself(path);
    return action(await layerAt(resolved), resolved);
  };
  /** The image's layer would make missing directories, which no file system does. */
  const inParent = (path: string, action: (layer: FileLayer, path: string) => Promise<void>) =>
    on(path, async (layer, at) => {
      const above = posix.dirname(at);
      const parent = await (await layerAt(above)).stat(above).catch(() => undefined);
      if (!parent) throw fileError('ENOENT', 'no such file or directory', path);
      if (!parent.isDirectory) throw fileError('ENOTDIR', 'not a directory', path);
      await action(layer, at);
    });
  const refuseMountPoint = (path: string) => {
    if (mounts.some(mount => mount.path === path || mount.path.startsWith(`${path}/`)))
      throw fileError('EBUSY', 'device or resource busy', path);
  };

  const files: IFileSystem = {
    readFile: (path, options) => files.readFileBuffer(path).then(content => asText(content, options)),
    readFileBuffer: path => on(path, (layer, at) => layer.readFileBuffer(at)),
    writeFile: (path, content, options) =>
      inParent(path, (layer, at) => layer.writeFile(at, content, options)),
    appendFile: (path, content, options) =>
      inParent(path, (layer, at) => layer.appendFile(at, content, options)),
    exists: path =>
      files.stat(path).then(
        () => true,
        () => false,
      ),
    stat: path => on(path, (layer, at) => layer.stat(at)),
    lstat: path => onName(path, (layer, at) => layer.lstat(at)),
    async mkdir(path, options) {
      const resolved = await followed(path);
      const missing = options?.recursive ? withParents(resolved) : [resolved];
      for (const directory of missing) {
        if (options?.recursive && (await files.exists(directory))) continue;
        const layer = await layerAt(directory);
        await layer.mkdir(directory);
      }
    },
    readdir: path => on(path, (layer, at) => layer.readdir(at)),
    rm: (path, options) =>
      onName(path, (layer, at) => {
        refuseMountPoint(at);
        return layer.rm(at, options);
      }),
    async cp(from, to, options) {
      const found = await files.stat(from);
      if (!found.isDirectory) return copyFile(files, from, to, found);
      if (!options?.recursive) throw fileError('EISDIR', 'is a directory', from);
      await files.mkdir(to, {recursive: true});
      for (const name of await files.readdir(from))
        await files.cp(posix.join(from, name), posix.join(to, name), options);
    },
    async mv(from, to) {
      const [source, target] = [await itself(from), await itself(to)];
      refuseMountPoint(source);
      const layer = await layerAt(source);
      if (layer === (await layerAt(target))) return layer.mv(source, target);
      await files.cp(source, target, {recursive: true});
      await files.rm(source, {recursive: true});
    },
    resolvePath: (base, path) => posix.resolve(base, path),
    getAllPaths: () => [], // optional, for globs, which go by readdir as well
    chmod: (path, mode) => on(path, (layer, at) => layer.chmod(at, mode)),
    symlink: (target, path) => onName(path, (layer, at) => layer.symlink(target, at)),
    async link(existing, path) {
      const [source, target] = [await followed(existing), await itself(path)];
      const layer = await layerAt(source);
      if (layer !== (await layerAt(target)))
        throw fileError('EXDEV', 'cross-device link not permitted', path);
      await layer.link(source, target);
    },
    readlink: path => onName(path, (layer, at) => layer.readlink(at)),
    async realpath(path) {
      const resolved = await followed(path);
      const layer = await layerAt(resolved);
      await layer.lstat(resolved);
      return resolved;
    },
    utimes: (path, atime, mtime) => on(path, (layer, at) => layer.utimes(at, atime, mtime)),
  };
  return {
    files,
    async hostPath(path) {
      const resolved = await followed(path);
      const mount = mountOf(mounts, resolved);
      return mount && behind(mount, resolved);
    },
  };
}

/** The image's own files, with an empty place for every mount: it is what `ls` of the parent shows. */
async function imageLayer(
  content: Readonly<Record<string, string>>,
  mounts: readonly VolumeMountPoint[],
): Promise<InMemoryFs> {
  const {InMemoryFs} = await import('just-bash');
  const files = Object.entries(content).filter(([path]) => !path.endsWith('/'));
  const layer = new InMemoryFs(Object.fromEntries(files));
  const directories = Object.keys(content).filter(path => path.endsWith('/'));
  for (const path of [...standardDirectories, ...directories, ...mounts.map(mount => mount.path)]) {
    const directory = posix.resolve('/', path);
    if (!(await layer.exists(directory))) await layer.mkdir(directory, {recursive: true});
  }
  return layer;
}

const standardDirectories = ['/tmp', '/root', '/etc', '/dev/shm', '/proc', '/sys', '/var', '/run'];

/** /a, /a/b, /a/b/c */
const withParents = (path: string) =>
  path
    .split('/')
    .slice(1)
    .map((_, index, parts) => `/${parts.slice(0, index + 1).join('/')}`);

async function copyFile(files: IFileSystem, from: string, to: string, {mode}: FsStat): Promise<void> {
  await files.writeFile(to, await files.readFileBuffer(from));
  await files.chmod(to, mode);
}

function asText(content: Uint8Array, options: Parameters<IFileSystem['readFile']>[1]): string {
  const encoding = typeof options === 'string' ? options : options?.encoding;
  return bytes(content).toString(encoding ?? 'utf8');
}
