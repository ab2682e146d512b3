import {join, posix} from 'node:path';

/** Linux's limit for the links in one path. */
const mostLinks = 40;

/**
 * Follows symbolic links one part at a time, so that `..` and absolute links stay below `/` of the file system that
 * `readLink` looks into: where a link leads is never left to the host.
 *
 * @param path absolute; what need not exist is taken as it is written
 * @param readLink the target of a link, undefined for anything that is none (also for what is not there)
 * @param follow whether the last part is followed too; lstat, readlink and rm want the link itself
 * @returns an absolute path without `.`, `..` and links
 * @throws Error with code ELOOP
 */
export async function resolveLinks(
  path: string,
  readLink: (path: string) => Promise<string | undefined>,
  follow = true,
): Promise<string> {
  const todo = partsOf(path);
  let done = '/';
  for (let links = 0; todo.length > 0; ) {
    const part = todo.shift() ?? '';
    const next = posix.join(done, part);
    const target = part === '..' || (todo.length === 0 && !follow) ? undefined : await readLink(next);
    if (target === undefined) {
      done = next;
      continue;
    }
    links++;
    if (links > mostLinks) throw tooManyLinks(path);
    if (target.startsWith('/')) done = '/';
    todo.unshift(...partsOf(target));
  }
  return done;
}

const partsOf = (path: string) => path.split('/').filter(part => part !== '' && part !== '.');

const tooManyLinks = (path: string) =>
  Object.assign(new Error(`ELOOP: too many symbolic links encountered, '${path}'`), {code: 'ELOOP'});

/** A directory or file of the host that appears at a path of a simulated file system. */
export interface MountPoint {
  path: string;
  hostPath: string;
}

/** The mount that a path without links lies on: the longest one. */
export const mountOf = <M extends MountPoint>(mounts: readonly M[], path: string): M | undefined =>
  mounts
    .filter(mount => mount.path === '/' || path === mount.path || path.startsWith(`${mount.path}/`))
    .reduce<M | undefined>(
      (best, mount) => (best && best.path.length > mount.path.length ? best : mount),
      undefined,
    );

/** The host's path behind a path without links on this mount. */
export function behind(mount: MountPoint, path: string): string {
  const below = mount.path === '/' ? path.slice(1) : path.slice(mount.path.length + 1);
  return below === '' ? mount.hostPath : join(mount.hostPath, below);
}
