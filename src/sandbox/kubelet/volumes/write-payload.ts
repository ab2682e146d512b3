import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {Payload} from './payload.ts';

/**
 * Brings a directory to hold a payload, all of it at one moment: the files are in a directory of their own, `..data`
 * leads to the newest one, and what programs see are links through `..data`. Nothing is done when nothing changed.
 * @param now milliseconds since the epoch; names the directory
 */
export async function writePayload(directory: string, payload: Payload, now: number): Promise<void> {
  await mkdir(directory, {recursive: true});
  const data = join(directory, '..data');
  const before = await readlink(data).catch(() => undefined);
  if (before !== undefined && (await holds(join(directory, before), payload))) return;

  const stamp = new Date(now).toISOString().replaceAll(/[-T:]/g, '_').slice(0, 19);
  const fresh = await mkdtemp(join(directory, `..${stamp}.`));
  for (const [path, {content, mode}] of payload) {
    await mkdir(dirname(join(fresh, path)), {recursive: true});
    await writeFile(join(fresh, path), content, {mode});
  }
  const next = join(directory, '..data_tmp');
  await rm(next, {force: true});
  await symlink(fresh.slice(directory.length + 1), next);
  await rename(next, data);

  await linkNames(directory, payload);
  if (before !== undefined) await rm(join(directory, before), {recursive: true, force: true});
}

async function holds(directory: string, payload: Payload): Promise<boolean> {
  const files = await readdir(directory, {recursive: true, withFileTypes: true}).catch(() => []);
  if (files.filter(file => file.isFile()).length !== payload.size) return false;
  for (const [path, {content}] of payload) {
    const there = await readFile(join(directory, path)).catch(() => undefined);
    if (!there?.equals(content)) return false;
  }
  return true;
}

async function linkNames(directory: string, payload: Payload): Promise<void> {
  const names = new Set([...payload.keys()].map(path => path.split('/')[0] ?? path));
  for (const name of names) {
    const there = await lstat(join(directory, name)).catch(() => undefined);
    if (!there) await symlink(`..data/${name}`, join(directory, name));
  }
  for (const name of await readdir(directory)) {
    if (!name.startsWith('..') && !names.has(name)) await rm(join(directory, name), {force: true});
  }
}
