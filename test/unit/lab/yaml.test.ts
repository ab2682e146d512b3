import {expect, test} from 'vitest';
import {readPath, readYaml, sayPath} from '../../../src/lab/yaml.ts';

const source = `a: 1
list:
  - x: {y: 1,
        z: 2}
  - &anchor
    text: |
      two
      lines
  - *anchor
`;

test.each([
  ['', 1],
  ['list', 2],
  ['list[0].x', 3],
  ['list[0].x.z', 4],
  ['list[1].text', 6],
  ['list[2].text', 6],
  ['list[0].x.missing', 3],
  ['list[7]', 2],
  ['missing.too', 1],
])('the line of %s is %i', (path, line) => {
  expect(readYaml('f', source).lineOf(readPath(path))).toBe(line);
});

test('a path is written and read back', () => {
  const path = ['steps', 3, 'milestones', 0, 'id'];
  expect(sayPath(path)).toBe('steps[3].milestones[0].id');
  expect(readPath(sayPath(path))).toEqual(path);
});

test('a key given twice is a problem with its path, and the rest is still read', () => {
  const {value, problems} = readYaml('f', 'steps:\n  - id: a\n    type: do\n    id: b\n');
  expect(problems).toEqual([
    {file: 'f', line: 4, path: 'steps[0].id', message: 'this key is given a second time'},
  ]);
  expect(value).toMatchObject({steps: [{type: 'do'}]});
});

test('a syntax error has its line', () => {
  const {value, problems} = readYaml('f', 'a: 1\nb: [1\nc: 2\n');
  expect(value).toBeUndefined();
  expect(problems[0]).toMatchObject({file: 'f', line: 3, path: ''});
  expect(problems[0]?.message).toMatch(/^not YAML: /);
});

test('an unquoted variable in a flow list gets a hint', () => {
  const [problem] = readYaml('f', 'run: [kubectl run --image=${image.db}]\n').problems;
  expect(problem?.message).toMatch(/a value with \$\{…\} needs quotation marks$/);
});

test('an alias without an anchor, and aliases that would fill the memory', () => {
  expect(readYaml('f', 'a: *nowhere\n')).toMatchObject({value: undefined, problems: [{file: 'f'}]});
  const bomb = `a: &a [${'x,'.repeat(9)}x]\n${[...'bcdefgh'].map((key, i) => `${key}: &${key} [${`*${'abcdefg'[i]},`.repeat(9)}*${'abcdefg'[i]}]`).join('\n')}\n`;
  const {value, problems} = readYaml('f', bomb);
  expect(value).toBeUndefined();
  expect(problems).toHaveLength(1);
});

test('an empty file is null', () => {
  expect(readYaml('f', '').value ?? null).toBeNull();
});
