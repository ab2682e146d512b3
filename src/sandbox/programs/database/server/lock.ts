import {open, stat} from 'node:fs/promises';

/** A lock on a data directory's file; ends with `release`. */
export interface FileLock {
  release(): void;
}

/**
 * The locks that all simulated servers hold, by device and inode as the kernel keeps them: so a lock holds across
 * nodes that share a directory, and across Pods and namespaces, and a copy of the file is another file.
 */
const held = new Set<string>();

/** @returns undefined when another server has it, as fcntl answers with EAGAIN */
export async function lockFile(path: string): Promise<FileLock | undefined> {
  // kept open, so that no new file takes over the inode of a deleted one while the lock is held
  const file = await open(path, 'r');
  const {dev, ino} = await stat(path, {bigint: true});
  const key = `${dev}:${ino}`;
  if (held.has(key)) {
    await file.close();
    return undefined;
  }
  held.add(key);
  let released = false;
  return {
    release() {
      if (released) return;
      released = true;
      held.delete(key);
      void file.close();
    },
  };
}
