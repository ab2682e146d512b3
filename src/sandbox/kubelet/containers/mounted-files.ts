import {constants, type Stats} from 'node:fs';
import {
  chmod,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  utimes,
} from 'node:fs/promises';
import type {FileContent, FsStat, IFileSystem} from 'just-bash';
import {directorySize} from '../../node/directory-size.ts';
import {behind} from '../../node/resolve-links.ts';
import type {Mount} from '../../programs/program.ts';
import {fileError, seenFromContainer} from './file-error.ts';

/** What one layer of a container's file system can do. Paths are the container's, and free of links but for their last part. */
export type FileLayer = Pick<
  IFileSystem,
  | 'readFileBuffer'
  | 'writeFile'
  | 'appendFile'
  | 'stat'
  | 'lstat'
  | 'mkdir'
  | 'readdir'
  | 'rm'
  | 'mv'
  | 'chmod'
  | 'symlink'
  | 'link'
  | 'readlink'
  | 'utimes'
>;

/** A volume as a container sees it at one path. */
export interface VolumeMountPoint extends Mount {
  /** Where the whole volume is on the host: with a subPath, `hostPath` lies below it. */
  volumeRoot: string;
}

const {O_APPEND, O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY} = constants;

/** The files of one mounted volume: real ones. */
export function mountedFiles(mount: VolumeMountPoint): FileLayer {
  const at = <T>(path: string, action: (hostPath: string) => Promise<T>) =>
    seenFromContainer(path, () => action(behind(mount, path)));
  const change = async <T>(path: string, action: (hostPath: string) => Promise<T>) => {
    if (mount.readOnly) throw fileError('EROFS', 'read-only file system', path);
    return at(path, action);
  };
  const write = (path: string, flags: number, content: Buffer) =>
    change(path, async hostPath => {
      const file = await open(hostPath, flags | O_WRONLY | O_CREAT | O_NOFOLLOW, 0o644);
      try {
        const fitting = content.subarray(0, await roomIn(mount, content.length));
        await file.writeFile(fitting);
        if (fitting.length < content.length) throw fileError('ENOSPC', 'no space left on device', path);
      } finally {
        await file.close();
      }
    });
  return {
    readFileBuffer: path => at(path, hostPath => readFile(hostPath)),
    writeFile: (path, content, options) => write(path, O_TRUNC, bytes(content, options)),
    appendFile: (path, content, options) => write(path, O_APPEND, bytes(content, options)),
    stat: path => at(path, async hostPath => told(await stat(hostPath))),
    lstat: path => at(path, async hostPath => told(await lstat(hostPath))),
    readdir: path => at(path, async hostPath => (await readdir(hostPath)).toSorted()),
    readlink: path => at(path, hostPath => readlink(hostPath)),
    mkdir: (path, options) =>
      change(path, async hostPath => void (await mkdir(hostPath, {recursive: options?.recursive ?? false}))),
    rm: (path, options) =>
      change(path, async hostPath => {
        const isDirectory = (await lstat(hostPath).catch(() => undefined))?.isDirectory() ?? false;
        if (isDirectory && !options?.recursive) await rmdir(hostPath);
        else await rm(hostPath, {recursive: options?.recursive ?? false, force: options?.force ?? false});
      }),
    mv: (from, to) => change(from, hostPath => rename(hostPath, behind(mount, to))),
    chmod: (path, mode) => change(path, hostPath => chmod(hostPath, mode)),
    symlink: (target, path) => change(path, hostPath => symlink(target, hostPath)),
    link: (existing, path) => change(path, hostPath => link(behind(mount, existing), hostPath)),
    utimes: (path, atime, mtime) => change(path, hostPath => utimes(hostPath, atime, mtime)),
  };
}

/** What a string or bytes come to in a file. */
export function bytes(content: FileContent, options?: Parameters<IFileSystem['writeFile']>[2]): Buffer {
  const encoding = typeof options === 'string' ? options : options?.encoding;
  return typeof content === 'string' ? Buffer.from(content, encoding ?? 'utf8') : Buffer.from(content);
}

/** How many of so many bytes a volume of limited size still takes. A node's disk takes all. */
async function roomIn({size, volumeRoot}: VolumeMountPoint, wanted: number): Promise<number> {
  if (size === undefined) return wanted;
  return Math.max(0, Math.min(wanted, size - (await directorySize(volumeRoot))));
}

const told = (found: Stats): FsStat => ({
  isFile: !found.isDirectory() && !found.isSymbolicLink(),
  isDirectory: found.isDirectory(),
  isSymbolicLink: found.isSymbolicLink(),
  mode: found.mode & 0o7777,
  size: found.size,
  mtime: found.mtime,
  dev: found.dev,
  ino: found.ino,
});
