import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import type {Problem} from '../../../src/errors.ts';
import {loadLabFrom} from '../../../src/lab/catalog.ts';
import {type LabFiles, parseLab} from '../../../src/lab/parse.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
const read = (path: string) => readFileSync(fixture(path), 'utf8');
const sound: LabFiles = {
  'lab.yaml': read('labs/sound/lab.yaml'),
  'en.md': read('labs/sound/en.md'),
  'ja.md': read('labs/sound/ja.md'),
  'manifests/pod.yaml': read('manifests/sound/pod.yaml'),
};

/** What is said about the sound lab after lab.yaml was changed. */
function problemsOf(from: string | RegExp, to: string): string[] {
  const yaml = sound['lab.yaml']?.replace(from, to) ?? '';
  expect(yaml).not.toBe(sound['lab.yaml']);
  return problemsIn({...sound, 'lab.yaml': yaml}).map(({path, message}) => `${path} ${message}`);
}

function problemsIn(files: LabFiles, folder = 'sound'): Problem[] {
  return problemsOfError(() => parseLab(folder, files));
}

function problemsOfError(load: () => unknown): Problem[] {
  try {
    load();
  } catch (error) {
    expect(error).toMatchObject({code: 'broken-lab', exitCode: 1});
    return (error as {facts: {problems: Problem[]}}).facts.problems;
  }
  return [];
}

test('a sound lab has all of its files, with the defaults filled in', () => {
  const lab = parseLab('sound', sound);
  expect(lab.steps.map(step => step.id)).toEqual(['apply', 'guess', 'replace', 'two-workers', 'name-it']);
  expect(lab.steps[1]).toMatchObject({milestones: [], hints: 0, solve: []});
  expect(lab.texts.ja.steps.apply?.title).toBe('Podを作る');
  expect(lab.manifests['pod.yaml']).toBe(sound['manifests/pod.yaml']);
});

test('three errors in two files are told at once, each with file, line and path', () => {
  const problems = problemsOfError(() => loadLabFrom(fixture('labs/three-errors')));
  expect(problems.map(({file, line, path}) => ({file, line, path}))).toEqual([
    {file: 'labs/three-errors/lab.yaml', line: 12, path: 'steps[0].milestones[0].object.kind'},
    {file: 'labs/three-errors/lab.yaml', line: 15, path: 'steps[0].hint'},
    {file: 'labs/three-errors/en.md', line: 5, path: 'look'},
  ]);
});

test('what only the linter sees has its line too, in lab.yaml as in the texts', () => {
  const files = {
    ...sound,
    'lab.yaml': sound['lab.yaml']?.replace('is: $first', 'is: $nobody') ?? '',
    'en.md': sound['en.md']?.replace('Delete first.', '${worker1} and ${nothing}') ?? '',
    'manifests/pod.yaml': `${sound['manifests/pod.yaml']}# \${nothing}\n`,
  };
  expect(problemsIn(files).map(({file, line, path}) => ({file, line, path}))).toEqual([
    {file: 'labs/sound/lab.yaml', line: 21, path: 'steps[0].milestones[1].object.is'},
    {file: 'manifests/sound/pod.yaml', line: undefined, path: ''},
    {file: 'labs/sound/en.md', line: 48, path: 'replace.hints[0]'},
    {file: 'labs/sound/ja.md', line: 44, path: 'replace'},
    {file: 'labs/sound/ja.md', line: 44, path: 'replace'},
  ]);
});

test('missing files are named', () => {
  expect(problemsIn({})).toEqual(
    ['lab.yaml', 'en.md', 'ja.md'].map(name => ({
      file: `labs/sound/${name}`,
      path: '',
      message: 'is missing',
    })),
  );
});

test('the id is the name of the folder', () => {
  expect(problemsIn(sound, 'other')).toEqual([
    {file: 'labs/other/lab.yaml', line: 4, path: 'id', message: 'is "sound", but the folder is "other"'},
  ]);
});

test('a manifest that is not YAML is a problem, a ${name} in it is not', () => {
  const manifest = 'kind: Pod\nspec: {nodeName: ${worker1}}\nspec: {}\n';
  expect(problemsIn({...sound, 'manifests/pod.yaml': manifest})).toEqual([
    {file: 'manifests/sound/pod.yaml', line: 3, path: 'spec', message: 'this key is given a second time'},
  ]);
});

test.each<[about: string, from: string | RegExp, to: string, said: string]>([
  ['missing', 'minutes: 5', '', 'minutes is missing'],
  ['unknown key', 'minutes: 5', 'minutes: 5\nmintues: 5', 'mintues is not a known key here'],
  ['wrong type', 'minutes: 5', 'minutes: five', 'minutes must be a number, is text (five)'],
  ['no whole number', 'minutes: 5', 'minutes: 5.5', 'minutes must be a whole number, is a number (5.5)'],
  ['too small', 'minutes: 5', 'minutes: 0', 'minutes must be more than 0'],
  ['too few', 'options: [stays, goes]', 'options: [goes]', 'steps[1].options must have at least 2 items'],
  ['one value', 'kind: Lab', 'kind: Lap', 'kind must be "Lab", is "Lap"'],
  [
    'choice',
    'type: look',
    'type: lok',
    'steps[3].type must be one of do, predict, find, look, is "lok"; did you mean "look"?',
  ],
  [
    'form',
    'id: guess',
    'id: Guess',
    'steps[1].id must be small letters, digits and hyphens, beginning with a letter, is "Guess"',
  ],
  ['empty', 'type: look', 'type:', 'steps[3].type must be one of do, predict, find, look, is empty'],
  [
    'key of a map',
    '{web: ',
    '{Web: ',
    'images.Web as a key must be letters and digits, beginning with a small letter, is "Web"',
  ],
  [
    'none of a union',
    /match: \{spec.*/,
    'match: 3',
    'steps[0].milestones[0].match must be a map or text, is a number (3)',
  ],
  [
    'within a union',
    'log: {object:',
    'log: {objects:',
    'steps[0].milestones[2].probe.look.log.object is missing',
  ],
  [
    'no alternative',
    'look: {log:',
    'look: {logs:',
    'steps[0].milestones[2].probe.look must have exactly one of the keys exec, files, local, log, node',
  ],
  [
    'two alternatives',
    'look: {log:',
    'look: {files: {node: a, path: b}, log:',
    'steps[0].milestones[2].probe.look must have exactly one of the keys exec, files, local, log, node',
  ],
])('in plain English: %s', (_about, from, to, said) => {
  expect(problemsOf(from, to)).toContain(said);
});

test('a milestone is of one kind', () => {
  const kinds = 'match, seen, gone, kept, replaced, moved, probe, answer';
  expect(problemsOf('replaced: $first', 'replaced: $first\n        kept: $first')).toEqual([
    `steps[2].milestones[0] needs exactly one of ${kinds}, has kept and replaced`,
  ]);
  expect(problemsOf('replaced: $first', 'holds: 3')).toEqual([
    `steps[2].milestones[0] needs exactly one of ${kinds}`,
  ]);
});

test('a list, a number or nothing in place of a lab', () => {
  for (const [yaml, is] of [
    ['[]', 'a list'],
    ['3', 'a number (3)'],
    ['', 'empty'],
  ])
    expect(problemsIn({...sound, 'lab.yaml': yaml ?? ''})).toEqual([
      {file: 'labs/sound/lab.yaml', line: 1, path: '', message: `must be a map, is ${is}`},
    ]);
});

test('a second document is not passed over', () => {
  expect(problemsOf('minutes: 5', 'minutes: 5\n---\nmore: 1')[0]).toBe(' holds more than one document');
});
