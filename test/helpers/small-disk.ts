import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmdirSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';

const mount = (directory: string, size: string) =>
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', directory], {stdio: 'ignore'});
/** Lazily: who writes there may not have ended yet. */
const unmount = (directory: string) => execFileSync('umount', ['--lazy', directory]);

/** Mounting takes more than being root: in a container it is mostly forbidden. */
function tryToMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const directory = mkdtempSync(join(tmpdir(), 'statelab-test-'));
  try {
    mount(directory, '64k');
    unmount(directory);
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(directory);
  }
}

/** Can a small disk be had here? */
export const canMount = tryToMount();

/** Puts a small disk there until the test is over. @param size as for tmpfs */
export function mountSmallDisk(directory: string, size: `${number}${'k' | 'm'}`): void {
  mount(directory, size);
  onTestFinished(() => void unmount(directory));
}
