import {cpSync, mkdirSync, realpathSync, symlinkSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {closureOf} from '../../../src/bundle/closure.ts';
import {emptyDirectory} from '../../helpers/directory.ts';

/** A package in a folder; its main says its name and version and what it finds of its dependencies. */
function installed(folder: string, name: string, version: string, more: Record<string, object> = {}) {
  mkdirSync(folder, {recursive: true});
  writeFileSync(join(folder, 'package.json'), JSON.stringify({name, version, main: 'main.cjs', ...more}));
  const found = Object.keys(more.dependencies ?? {}).map(one => `require('${one}')`);
  writeFileSync(join(folder, 'main.cjs'), `module.exports = '${name}@${version}(' + [${found}] + ')';`);
}

/** What a program there would find. */
const says = (folder: string) => createRequire(join(realpathSync(folder), 'x.cjs'))(folder);

function laidOut(root: string): string {
  const target = emptyDirectory();
  for (const {folder, path} of closureOf(root))
    cpSync(folder, join(target, path), {recursive: true, filter: from => !from.endsWith('node_modules')});
  return target;
}

test('everything finds what it found before, also where there are two versions', () => {
  const root = emptyDirectory();
  const modules = join(root, 'node_modules');
  installed(root, 'root', '1', {dependencies: {a: '1', b: '1'}});
  installed(join(modules, 'a'), 'a', '1', {dependencies: {c: '2', '@s/d': '1'}});
  installed(join(modules, 'a/node_modules/c'), 'c', '2', {dependencies: {'@s/d': '1'}});
  installed(join(modules, 'b'), 'b', '1', {dependencies: {c: '1'}});
  installed(join(modules, 'c'), 'c', '1');
  installed(join(modules, '@s/d'), '@s/d', '1');
  installed(join(modules, 'stray'), 'stray', '1');
  expect(says(laidOut(root))).toBe('root@1(a@1(c@2(@s/d@1()),@s/d@1()),b@1(c@1()))');
  expect(says(laidOut(root))).toBe(says(root));
  expect(closureOf(root).map(({path}) => path)).not.toContain('node_modules/stray');
});

test('where a package manager links to a store, and where the root is a dependency itself', () => {
  const base = emptyDirectory();
  const store = join(base, 'store');
  installed(join(store, 'root'), 'root', '1', {dependencies: {a: '1'}});
  installed(join(store, 'a/node_modules/a'), 'a', '1', {dependencies: {c: '1'}});
  installed(join(store, 'c/node_modules/c'), 'c', '1');
  symlinkSync(join(store, 'c/node_modules/c'), join(store, 'a/node_modules/c'));
  mkdirSync(join(store, 'root/node_modules'));
  symlinkSync(join(store, 'a/node_modules/a'), join(store, 'root/node_modules/a'));
  expect(says(laidOut(join(store, 'root')))).toBe('root@1(a@1(c@1()))');

  const modules = join(base, 'project/node_modules');
  installed(join(modules, 'root'), 'root', '1', {dependencies: {a: '1'}});
  installed(join(modules, 'a'), 'a', '1');
  expect(says(laidOut(join(modules, 'root')))).toBe('root@1(a@1())');
});

test('what is optional stays out, and what is missing is said', () => {
  const root = emptyDirectory();
  installed(root, 'root', '1', {optionalDependencies: {native: '1'}, peerDependencies: {absent: '1'}});
  installed(join(root, 'node_modules/native'), 'native', '1');
  expect(closureOf(root).map(({path}) => path)).toEqual(['']);
  installed(root, 'root', '1', {dependencies: {gone: '1'}});
  expect(() => closureOf(root)).toThrow('needs gone, which is not installed');
});
