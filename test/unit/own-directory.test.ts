import {chmodSync, mkdirSync, writeFileSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {expect, test} from 'vitest';
import {ownDirectory} from '../../src/own-directory.ts';
import {emptyDirectory} from '../helpers/directory.ts';

/** Directories, in those of which that end with ! there is a command `statelab`. */
function machine(...names: string[]) {
  const base = emptyDirectory();
  const directories = names.map(name => {
    const directory = join(base, name.replace('!', ''));
    mkdirSync(directory, {recursive: true});
    if (name.endsWith('!')) writeFileSync(join(directory, 'statelab'), '#!/bin/sh\n');
    if (name.endsWith('!')) chmodSync(join(directory, 'statelab'), 0o755);
    return directory;
  });
  return {base, PATH: directories.join(delimiter)};
}

test('where the PATH has the command, nothing is to be added', () => {
  const {base, PATH} = machine('usr/bin!', 'bin!');
  expect(ownDirectory({PATH}, base)).toBeUndefined();
});
test('in a clone it is the clone’s', () => {
  const {base} = machine('bin!');
  expect(ownDirectory({PATH: join(base, 'node_modules', '.bin')}, base)).toBe(join(base, 'bin'));
});
test('what only npx sees, other terminals do not', () => {
  const {base, PATH} = machine('usr/bin', 'npx/node_modules/.bin!');
  expect(ownDirectory({PATH}, base)).toBe(join(base, 'npx', 'node_modules', '.bin'));
});
test('where there is none, none is told', () => {
  const {base, PATH} = machine('usr/bin');
  expect(ownDirectory({PATH}, base)).toBeUndefined();
  expect(ownDirectory({}, base)).toBeUndefined();
});
