import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {buffer} from 'node:stream/consumers';
import {type Header, pack} from 'tar-stream';
import {describe, expect, test} from 'vitest';
import {readArchive, verifyArchive} from '../../../src/bundle/archive.ts';
import {
  type Manifest,
  manifestName,
  manifest as manifestSchema,
  sealName,
} from '../../../src/bundle/manifest.ts';
import {altered, smallBundle} from '../../helpers/bundles.ts';
import {emptyDirectory} from '../../helpers/directory.ts';

const forever = new AbortController().signal;
const quiet = () => {};

const verify = (file: string) => verifyArchive(file, quiet, forever);

test('a bundle is read as it was written', async () => {
  const {file, manifest} = await smallBundle();
  const read: string[] = [];
  const found = await readArchive(
    file,
    async ({name}, bytes) => void read.push(`${name} ${(await buffer(bytes)).length}`),
    forever,
  );
  expect(found).toEqual(manifest);
  expect(read).toEqual(manifest.parts.map(({name, size}) => `${name} ${size}`));
  expect(await verify(file)).toEqual(manifest);
});

test('a part that nobody takes is passed over', async () => {
  const {file, manifest} = await smallBundle();
  expect(await readArchive(file, async () => {}, forever)).toEqual(manifest);
});

test('any tar can look into it', async () => {
  const {file} = await smallBundle();
  expect(execFileSync('tar', ['-tf', file], {encoding: 'utf8'}).split('\n').filter(Boolean)).toEqual([
    ...[manifestName, sealName, 'k3d.zst', 'image-1.tar.zst'],
  ]);
});

describe('is refused', () => {
  test('when it ends too early, wherever', async () => {
    const {file} = await smallBundle();
    const {length} = readFileSync(file);
    // The last kilobyte is the end mark of the tar: without it the parts are whole.
    for (let end = 600; end < length - 1024; end += 97) {
      const torn = verify(altered(file, bytes => bytes.subarray(0, end)));
      await expect(torn, `cut at ${end} of ${length}`).rejects.toMatchObject({
        code: expect.stringMatching(/^bundle-(broken|unknown)$/),
      });
    }
  });

  test('when one byte of what is in it was changed', async () => {
    const {file, manifest} = await smallBundle();
    const bytes = readFileSync(file);
    const inside = [...manifest.parts.map(({name}) => bytes.lastIndexOf(name) + 512), bytes.indexOf('0.1.0')];
    for (const at of inside) {
      const other = altered(file, copy => {
        copy[at] = (copy[at] ?? 0) ^ 1;
        return copy;
      });
      await expect(verify(other), `byte ${at}`).rejects.toMatchObject({
        code: 'bundle-broken',
        facts: {how: 'altered'},
      });
    }
  });

  test('when it is something else, or another statelab made it', async () => {
    const {file} = await smallBundle(manifest => ({...manifest, v: 2}) as unknown as Manifest);
    for (const other of [
      file,
      altered(file, () => Buffer.alloc(0)),
      altered(file, () => Buffer.from('hello')),
    ])
      await expect(verify(other)).rejects.toMatchObject({code: 'bundle-unknown'});
    await expect(verify(join(emptyDirectory(), 'none'))).rejects.toMatchObject({
      code: 'bundle-unreadable',
      facts: {detail: expect.stringContaining('ENOENT')},
    });
    await expect(verify(emptyDirectory())).rejects.toMatchObject({code: 'bundle-unreadable'});
  });

  /** A tar with these entries behind a manifest and a seal that are as they should be. */
  async function withEntries(
    ...entries: (Partial<Header> & {name: string} & {text?: string})[]
  ): Promise<string> {
    const {file} = await smallBundle();
    const bytes = readFileSync(file);
    const begin = bytes.subarray(0, bytes.indexOf('k3d.zst\0'));
    const tar = pack();
    for (const {text, ...header} of entries) tar.entry(header, text ?? '');
    tar.finalize();
    const end = await buffer(tar);
    return altered(file, () => Buffer.concat([begin, end]));
  }
  test.each([
    [{name: '../../escaped', text: 'x'}],
    [{name: '/tmp/escaped', text: 'x'}],
    [{name: 'k3d.zst', type: 'symlink', linkname: '/etc/passwd'} as const],
    [{name: 'k3d.zst', type: 'directory'} as const],
  ])('when it holds %j', async entry => {
    await expect(verify(await withEntries(entry))).rejects.toMatchObject({code: 'bundle-broken'});
  });

  test('when it holds more than it says', async () => {
    const {file} = await smallBundle(manifest => ({...manifest, parts: manifest.parts.slice(0, 1)}));
    await expect(verify(file)).resolves.toBeDefined();
    const {folder, manifest} = await smallBundle();
    const more = join(folder, 'more.tar');
    writeFileSync(more, readFileSync(file).subarray(0, -1024));
    const tar = pack();
    tar.entry({name: 'k3d'}, '#!/bin/sh\n');
    tar.finalize();
    writeFileSync(more, await buffer(tar), {flag: 'a'});
    await expect(verify(more)).rejects.toMatchObject({code: 'bundle-broken', facts: {part: 'k3d'}});
    expect(manifest.parts).toHaveLength(2);
  });

  test.each(['../up', 'a/b', '/abs', '', '.hidden'])('when a part is called %j', async name => {
    const {file} = await smallBundle(manifest => {
      const [part] = manifest.parts;
      return part ? {...manifest, parts: [part]} : manifest;
    });
    const {parts, ...rest} = await verify(file);
    const [part] = parts;
    expect(manifestSchema.safeParse({...rest, parts: [part]}).success).toBe(true);
    expect(manifestSchema.safeParse({...rest, parts: [{...part, name}]}).success).toBe(false);
  });
});
