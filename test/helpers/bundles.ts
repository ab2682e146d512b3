import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {Readable} from 'node:stream';
import {writeArchive} from '../../src/bundle/archive.ts';
import type {Manifest} from '../../src/bundle/manifest.ts';
import {stage} from '../../src/bundle/stage.ts';
import {emptyDirectory} from './directory.ts';

const forever = new AbortController().signal;

/** A bundle with a program and an image of a few bytes, for this system and Docker on amd64. */
export async function smallBundle(change: (manifest: Manifest) => Manifest = manifest => manifest) {
  const folder = emptyDirectory();
  const put = (name: string, kind: 'program' | 'image', of: string, text: string) =>
    stage(folder, {name, kind, of}, Readable.from([Buffer.from(text)]), {compress: true}, forever);
  const parts = [
    await put('k3d.zst', 'program', 'k3d', 'a program'),
    await put('image-1.tar.zst', 'image', 'nginx:1.26', 'an image'.repeat(200)),
  ];
  const manifest: Manifest = {
    ...{format: 'statelab-bundle', v: 1, statelab: '0.1.0', made: '2026-01-01T00:00:00.000Z'},
    ...{architecture: 'amd64', platform: process.platform, arch: process.arch, database: 'mariadb'},
    ...{k3sImage: 'k3s:1', toolsImage: 'tools:1', systemImages: [], versions: {k3d: 'v5.8.3'}, parts},
  } as const;
  const file = join(folder, 'class.tar');
  await writeArchive(file, change(manifest), part => join(folder, part), forever);
  return {folder, file, manifest};
}

/** The same bytes but for some, in another file. */
export function altered(file: string, change: (bytes: Buffer) => Buffer): string {
  const other = join(emptyDirectory(), 'other.tar');
  writeFileSync(other, change(readFileSync(file)));
  return other;
}
