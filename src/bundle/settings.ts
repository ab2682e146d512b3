import {readFileSync} from 'node:fs';
import {mkdir, rename, rm, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {unwritable} from '../errors.ts';

/** What a bundle that was loaded says of the clusters that are made from then on. */
export interface BundleSettings {
  k3sImage: string;
  toolsImage: string;
  systemImages: string[];
}

/** Undefined where none was loaded, or the file was damaged: then clusters are made as without. Every command asks. */
export function readSettings(file: string): BundleSettings | undefined {
  try {
    const {k3sImage, toolsImage, systemImages} = JSON.parse(
      readFileSync(file, 'utf8'),
    ) as Partial<BundleSettings>;
    const sound = typeof k3sImage === 'string' && typeof toolsImage === 'string';
    return sound && Array.isArray(systemImages) ? {k3sImage, toolsImage, systemImages} : undefined;
  } catch {
    return undefined;
  }
}

/** @throws ExpectedError `file-unwritable` */
export async function writeSettings(file: string, content: BundleSettings): Promise<void> {
  const beside = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), {recursive: true});
    await writeFile(beside, `${JSON.stringify(content, null, 2)}\n`);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, {force: true});
    throw unwritable(file, error);
  }
}
