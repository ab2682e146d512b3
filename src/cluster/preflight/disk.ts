import {statfs} from 'node:fs/promises';
import {dirname} from 'node:path';
import type {Disk} from '../../preflight/facts.ts';

/** The disk that a path is on, or will be: not all of it need exist. Undefined where nobody may look. */
export async function diskOf(path: string): Promise<Disk | undefined> {
  try {
    const {bavail, blocks, bsize} = await statfs(path);
    return {path, free: bavail * bsize, total: blocks * bsize};
  } catch (error) {
    const above = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || above === path) return undefined;
    const disk = await diskOf(above);
    return disk && {...disk, path};
  }
}
