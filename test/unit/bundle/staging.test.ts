import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {withStaging} from '../../../src/bundle/staging.ts';
import {emptyDirectory} from '../../helpers/directory.ts';
import {canMount, mountSmallDisk} from '../../helpers/small-disk.ts';

describe('the folder in which a bundle grows', () => {
  test('lies beside it, and is gone afterwards', async () => {
    const folder = emptyDirectory();
    const result = await withStaging(join(folder, 'class.tar'), async staging => {
      expect(dirname(staging)).toBe(folder);
      expect(basename(staging)).toMatch(/^class\.tar\.part-/);
      writeFileSync(join(staging, 'image'), 'x');
      return 'saved';
    });
    expect(result).toBe('saved');
    expect(readdirSync(folder)).toEqual([]);
  });
  test('is nobody else’s: neither a folder of the learner’s nor that of a second save', async () => {
    const folder = emptyDirectory();
    const file = join(folder, 'class.tar');
    mkdirSync(`${file}.part`);
    writeFileSync(join(`${file}.part`, 'mine'), 'x');
    await withStaging(file, async first => {
      writeFileSync(join(first, 'image'), 'first');
      await withStaging(file, async second => writeFileSync(join(second, 'image'), 'second', {flag: 'wx'}));
      expect(readFileSync(join(first, 'image'), 'utf8')).toBe('first');
    });
    expect(readdirSync(folder, {recursive: true})).toEqual(['class.tar.part', 'class.tar.part/mine']);
  });
  test('is gone after an error too', async () => {
    const folder = emptyDirectory();
    const error = new Error('no room');
    const failing = withStaging(join(folder, 'class.tar'), async () => {
      throw error;
    });
    await expect(failing).rejects.toBe(error);
    expect(readdirSync(folder)).toEqual([]);
  });
  test.runIf(canMount)(
    'that cannot be removed does not stand before why the bundle was not saved',
    async () => {
      const error = new Error('no room');
      const failing = withStaging(join(emptyDirectory(), 'class.tar'), async staging => {
        const busy = join(staging, 'busy');
        mkdirSync(busy);
        mountSmallDisk(busy, '1m');
        throw error;
      });
      await expect(failing).rejects.toBe(error);
    },
  );
});
