import {lstat, readdir} from 'node:fs/promises';
import {join} from 'node:path';

/** Bytes in all files below a directory, or of one file. Links are not followed; what vanishes meanwhile counts nothing. */
export async function directorySize(path: string): Promise<number> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isDirectory()) return found?.size ?? 0;
  const names = await readdir(path).catch(() => []);
  const sizes = await Promise.all(names.map(name => directorySize(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
