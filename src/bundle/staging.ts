import {mkdtemp, rm} from 'node:fs/promises';

/**
 * Gives a bundle's parts a folder beside the bundle, on the disk that it was meant for, until it is whole. It is one of
 * its own: another save of the same name may be under way. Afterwards it is gone; what keeps it there says nothing about
 * the bundle, so only what `use` throws is thrown.
 */
export async function withStaging<T>(file: string, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(`${file}.part-`);
  try {
    return await use(folder);
  } finally {
    await rm(folder, {recursive: true, force: true}).catch(() => {});
  }
}
