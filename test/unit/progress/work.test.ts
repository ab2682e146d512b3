import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeEach, expect, test} from 'vitest';
import {type WorkFolder, workFolder} from '../../../src/progress/work.ts';
import {emptyDirectory} from '../../helpers/directory.ts';

let root: string;
let work: WorkFolder;
const content = () => readFileSync(join(root, 'lab', 'pod.yaml'), 'utf8');

beforeEach(() => {
  root = emptyDirectory();
  work = workFolder(lab => join(root, lab));
});

test('what was not changed follows the cluster', () => {
  work.write('lab', {'pod.yaml': 'node: a'});
  work.write('lab', {'pod.yaml': 'node: b'});
  expect(content()).toBe('node: b');
});

test('what the learner changed stays', () => {
  work.write('lab', {'pod.yaml': 'node: a'});
  writeFileSync(join(root, 'lab', 'pod.yaml'), 'node: mine');
  work.write('lab', {'pod.yaml': 'node: a'});
  work.write('lab', {'pod.yaml': 'node: b'});
  expect(content()).toBe('node: mine');
});

test('what the learner deleted comes back', () => {
  work.write('lab', {'pod.yaml': 'node: a'});
  work.clear('lab');
  expect(readdirSync(join(root, 'lab'))).toEqual([]);
  work.write('lab', {'pod.yaml': 'node: a'});
  expect(content()).toBe('node: a');
});

test('a folder that cannot be written is an expected error', () => {
  writeFileSync(join(root, 'lab'), 'a file in the place of the folder');
  expect(() => work.write('lab', {'pod.yaml': ''})).toThrow(
    expect.objectContaining({code: 'file-unwritable'}),
  );
});
