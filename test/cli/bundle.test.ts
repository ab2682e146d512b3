import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {altered, smallBundle} from '../helpers/bundles.ts';
import {learnerWith} from '../helpers/programs.ts';

const withDocker = () => learnerWith({docker: 'docker-that-loads'});
const foldersOf = ({home}: {home: string}) => ({
  programs: join(home, 'statelab/cache/bin'),
  settings: join(home, 'statelab/data/bundle.json'),
});
const filesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

test('a bundle is checked, told about and taken in', async () => {
  const {file, manifest} = await smallBundle();
  const learner = await withDocker();
  const ended = await learner.run('bundle', 'load', file);
  expect(ended).toMatchObject({exitCode: 0});
  expect(ended.stdout).toContain('A bundle of statelab 0.1.0, saved on 2026-01-01');
  expect(ended.stdout).toContain('k3d v5.8.3');
  const {programs, settings} = foldersOf(learner);
  expect(filesIn(programs)).toEqual(['k3d']);
  expect(readFileSync(join(programs, 'k3d'), 'utf8')).toBe('a program');
  expect(statSync(join(programs, 'k3d')).mode & 0o111).toBe(0o111);
  const {k3sImage, toolsImage, systemImages} = manifest;
  expect(JSON.parse(readFileSync(settings, 'utf8'))).toEqual({k3sImage, toolsImage, systemImages});
});

test('the programs of another system are left out, and that is said', async () => {
  const {file} = await smallBundle(manifest => ({...manifest, platform: 'plan9'}));
  const learner = await withDocker();
  const ended = await learner.run('bundle', 'load', file);
  expect(ended.exitCode).toBe(0);
  expect(ended.stdout).toContain('The programs in the bundle are for plan9');
  expect(filesIn(foldersOf(learner).programs)).toEqual([]);
});

describe('nothing is used of', () => {
  const cases: [what: string, file: () => Promise<string>, code: string][] = [
    ['what is not there', async () => '/nonexistent/class.tar', 'bundle-unreadable'],
    [
      'what is no bundle',
      async () => altered((await smallBundle()).file, () => Buffer.from('x')),
      'bundle-unknown',
    ],
    [
      'one that is torn',
      async () => altered((await smallBundle()).file, bytes => bytes.subarray(0, bytes.length - 1600)),
      'bundle-broken',
    ],
    [
      'one that was altered',
      async () => {
        const {file} = await smallBundle();
        return altered(file, bytes => {
          const at = bytes.lastIndexOf('image-1.tar.zst') + 520;
          bytes[at] = (bytes[at] ?? 0) ^ 1;
          return bytes;
        });
      },
      'bundle-broken',
    ],
    [
      'one of another architecture',
      async () => (await smallBundle(manifest => ({...manifest, architecture: 'arm64'}))).file,
      'bundle-architecture',
    ],
  ];
  test.each(cases)('%s', async (_what, make, code) => {
    const learner = await withDocker();
    const ended = await learner.run('bundle', 'load', await make(), '--json');
    expect(ended.lines().at(-1)).toMatchObject({type: 'error', code, exit: 1});
    expect(ended).toMatchObject({exitCode: 1, stderr: ''});
    const {programs, settings} = foldersOf(learner);
    expect([filesIn(programs), filesIn(join(settings, '..'))]).toEqual([[], []]);
  });
});

test('a folder is no name for a bundle: said at once, and nothing is written beside it', async () => {
  const learner = await withDocker();
  const ended = await learner.run('bundle', 'save', `${learner.home}/`);
  expect(ended).toMatchObject({exitCode: 1, stdout: ''});
  expect(ended.stderr).toBe(
    `${learner.home}/ is a folder, and a bundle is one file.\nSay which file in it: statelab bundle save ${learner.home}/class.tar\n`,
  );
  expect(filesIn(join(learner.home, '..')).filter(name => name.includes('.part'))).toEqual([]);
});

test('a file that is there is only replaced by whoever says so', async () => {
  const learner = await learnerWith({docker: 'docker-that-loads', kubectl: 'kubectl-that-tells-its-version'});
  const file = join(learner.home, 'class.tar');
  writeFileSync(file, 'of last year');
  const asked = await learner.run('bundle', 'save', file, '--json');
  expect(asked.lines()).toEqual([expect.objectContaining({type: 'error', code: 'needs-answer', exit: 2})]);
  const agreed = await learner.run('bundle', 'save', file, '--yes', '--json');
  expect(agreed.lines().at(-1)).toMatchObject({code: 'bundle-program'}); // further than the question
  expect(readFileSync(file, 'utf8')).toBe('of last year'); // until there is another
});

test('a kubectl that only starts another one is not packed, and that is said before anything is written', async () => {
  const learner = await learnerWith({docker: 'docker-that-loads', kubectl: 'kubectl-that-tells-its-version'});
  const ended = await learner.run('bundle', 'save', join(learner.home, 'class.tar'), '--json');
  expect(ended.lines().at(-1)).toMatchObject({type: 'error', code: 'bundle-program'});
  expect(filesIn(learner.home).filter(name => name.startsWith('class'))).toEqual([]);
});
