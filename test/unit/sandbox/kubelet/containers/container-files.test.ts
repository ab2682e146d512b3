import {mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {createContainerFiles} from '../../../../../src/sandbox/kubelet/containers/container-files.ts';
import {temporaryDirectory} from '../../temporary-directory.ts';

/** A container with two volumes, /data and, below it, /data/cache. */
async function container() {
  const directory = temporaryDirectory();
  const mounts = ['data', 'cache'].map(name => {
    const hostPath = join(directory, name);
    mkdirSync(hostPath);
    const path = name === 'data' ? '/data' : '/data/cache';
    return {path, hostPath, volumeRoot: hostPath, readOnly: false, filesystem: 'ext4'};
  });
  const image = {files: {'/etc/motd': 'welcome', '/var/www/': ''}};
  const {files, hostPath} = createContainerFiles(image, {'/etc/hostname': 'web'}, mounts);
  return {directory, data: join(directory, 'data'), cache: join(directory, 'cache'), files, hostPath};
}

test("the image's files are in memory, those of volumes on the host", async () => {
  const {files, data, hostPath} = await container();
  await files.writeFile('/etc/motd', 'changed');
  await files.writeFile('/data/f', 'kept');
  expect(await files.readFile('/etc/motd')).toBe('changed');
  expect(readFileSync(join(data, 'f'), 'utf8')).toBe('kept');
  expect([await hostPath('/data/f'), await hostPath('/etc/motd')]).toEqual([join(data, 'f'), undefined]);
});

test('mount points show in their parent, and the innermost one counts', async () => {
  const {files, cache} = await container();
  expect(await files.readdir('/')).toContain('data');
  await files.writeFile('/data/cache/f', 'x');
  expect(readdirSync(cache)).toEqual(['f']);
});

test('bytes stay what they are', async () => {
  const {files} = await container();
  const content = Uint8Array.from({length: 256}, (_, byte) => byte);
  await files.writeFile('/data/bin', content);
  expect(new Uint8Array(await files.readFileBuffer('/data/bin'))).toEqual(content);
  await files.writeFile('/data/latin', 'é', 'latin1');
  expect((await files.readFileBuffer('/data/latin')).length).toBe(1);
  await files.appendFile('/data/latin', 'é');
  expect((await files.stat('/data/latin')).size).toBe(3);
});

test('links lead through the container, also from a volume into the image and back', async () => {
  const {files, data} = await container();
  await files.symlink('/etc/motd', '/data/to-image');
  await files.symlink('/data', '/var/www/to-volume');
  await files.writeFile('/var/www/to-volume/f', 'x');
  expect(await files.readFile('/data/to-image')).toBe('welcome');
  expect(readFileSync(join(data, 'f'), 'utf8')).toBe('x');
  expect(await files.readlink('/data/to-image')).toBe('/etc/motd');
  expect((await files.lstat('/data/to-image')).isSymbolicLink).toBe(true);
  expect(await files.realpath('/var/www/to-volume/f')).toBe('/data/f');
});

test.each(['escape', 'escape/../escape'])('a link to the host does not lead there: /data/%s', async path => {
  const {files, directory, data} = await container();
  writeFileSync(join(directory, 'secret'), 'host');
  symlinkSync(directory, join(data, 'escape'));
  await expect(files.readFile(`/data/${path}/secret`)).rejects.toThrow('ENOENT');
  await files.mkdir(`/data/${path}/made`, {recursive: true});
  await files.writeFile(`/data/${path}/made/f`, 'x');
  expect(readdirSync(directory).toSorted()).toEqual(['cache', 'data', 'secret']);
});

test('errors name the path in the container only', async () => {
  const {files, directory} = await container();
  const error: NodeJS.ErrnoException = await files.readFile('/data/nope').catch(thrown => thrown);
  expect(error.code).toBe('ENOENT');
  expect(error.message).toBe("ENOENT: no such file or directory, open '/data/nope'");
  expect(error.message).not.toContain(directory);
});

test('files move and are copied over the borders of volumes', async () => {
  const {files, data, cache} = await container();
  await files.mkdir('/data/tree/deep', {recursive: true});
  await files.writeFile('/data/tree/deep/f', 'x');
  await files.chmod('/data/tree/deep/f', 0o700);
  await files.mv('/data/tree', '/data/cache/tree');
  await files.cp('/data/cache/tree', '/var/copy', {recursive: true});
  expect(readdirSync(data)).toEqual([]);
  expect(readFileSync(join(cache, 'tree/deep/f'), 'utf8')).toBe('x');
  expect(await files.readFile('/var/copy/deep/f')).toBe('x');
  expect((await files.stat('/var/copy/deep/f')).mode & 0o777).toBe(0o700);
});

test('a mount point cannot be removed, nor what it lies in', async () => {
  const {files} = await container();
  for (const path of ['/data', '/data/cache', '/var/../data'])
    await expect(files.rm(path, {recursive: true})).rejects.toMatchObject({code: 'EBUSY'});
  await expect(files.link('/data/f', '/etc/f')).rejects.toMatchObject({code: 'EXDEV'});
});
