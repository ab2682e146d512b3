import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {isOlder} from '../../src/node-version.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const {engines} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const needed = engines.node.replace('>=', '');

/** The machine's own Node.js, which npm puts the project's one in front of. */
const node = (process.env.PATH ?? '')
  .split(':')
  .filter(directory => !directory.endsWith('node_modules/.bin'))
  .map(directory => join(directory, 'node'))
  .find(existsSync);
const version = node && spawnSync(node, ['--version'], {encoding: 'utf8'}).stdout.trim().slice(1);

test.for(['--version', 'labs'])('a Node.js that is too old is said: %s', (arg, context) => {
  if (!node || !version || !isOlder(version, needed))
    return context.skip(`the machine's own Node.js (${version || 'none'}) is not older than ${needed}`);
  const {stderr, stdout, status} = spawnSync(node, [cli, arg], {encoding: 'utf8'});
  expect(stderr).toBe(
    `statelab needs Node.js ${needed} or newer, and this is ${version}: install a newer one from https://nodejs.org/.\n`,
  );
  expect({stdout, status}).toEqual({stdout: '', status: 2});
});
