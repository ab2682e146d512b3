import {closeSync, fstatSync, openSync} from 'node:fs';

/** A lock on a data directory's file; ends with `release`. */
export interface FileLock {
  release(): void;
}

/**
 * The locks that all simulated servers hold, by device and inode as the kernel keeps them: so a lock holds across
 * nodes that share a directory, and across Pods and namespaces, and a copy of the file is another file.
 */
const held = new Set<string>();

/** @returns undefined when another server has it, as fcntl answers with EAGAIN, or when the file is gone */
export function lockFile(path: string): FileLock | undefined {
  const file = openIfThere(path);
  if (file === undefined) return undefined;
  const {dev, ino} = fstatSync(file, {bigint: true});
  const key = `${dev}:${ino}`;
  if (held.has(key)) {
    closeSync(file);
    return undefined;
  }
  held.add(key);
  let released = false;
  return {
    release() {
      if (released) return;
      released = true;
      held.delete(key);
      // open until now, so that no new file took over the inode of a deleted one
      closeSync(file);
    },
  };
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined;
  }
}
