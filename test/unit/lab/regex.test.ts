import {expect, test} from 'vitest';
import {compileRegex} from '../../../src/lab/regex.ts';

test.each([
  ['a.b', 'a.b', ''],
  ['(?i)a', 'a', 'i'],
  ['(?m)^a$', '^a$', 'm'],
  ['(?ims).', '.', 'ims'],
  ['(?mm)a', 'a', 'm'],
  ['(?:a)', '(?:a)', ''],
  ['(?i:a)b', '(?i:a)b', ''],
])('%s', (source, pattern, flags) => {
  const compiled = compileRegex(source);
  expect([compiled.source, compiled.flags]).toEqual([pattern, flags]);
});

test('with g, every match is found', () => {
  const found = 'one\ntwo\n'.matchAll(compileRegex('(?m)^(\\w+)$', 'g'));
  expect([...found].map(match => match[1])).toEqual(['one', 'two']);
});

test('a flag may be given twice', () => {
  expect(compileRegex('(?m)a', 'mg').flags).toBe('gm');
});

test('an unknown flag is a syntax error', () => {
  expect(() => compileRegex('(?x)a')).toThrow(SyntaxError);
});
