import {existsSync} from 'node:fs';
import {delimiter, join} from 'node:path';

/**
 * Where the command `statelab` lies that other terminals do not find on their PATH: in the clone, or where npx keeps it.
 * @param root of the package or clone
 * @returns undefined where they find one; also where there is none to be found
 */
export function ownDirectory(
  {PATH = ''}: Record<string, string | undefined>,
  root: string,
): string | undefined {
  const directories = PATH.split(delimiter).filter(Boolean);
  const isThere = (directory: string) => existsSync(join(directory, 'statelab'));
  if (directories.some(directory => !isNpms(directory) && isThere(directory))) return undefined;
  return [join(root, 'bin'), ...directories.filter(isNpms)].find(isThere);
}

/** npm puts these on the PATH of what it runs, and of nothing else. */
const isNpms = (directory: string) => /[\\/]node_modules[\\/]\.bin$/.test(directory);
