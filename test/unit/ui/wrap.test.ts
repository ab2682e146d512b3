import {stripVTControlCharacters} from 'node:util';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {styleFor} from '../../../src/ui/style.ts';
import {truncate, wrap} from '../../../src/ui/wrap.ts';

const style = styleFor(true);
const japanese =
  'データベースのPodは、ノード「k3d-statelab-agent-0」で動いています。「あれ」、でしょうか？はい。';
const withoutSpace = (text: string) => text.replace(/\s/g, '');

describe('wrap', () => {
  test('at spaces, which are gone then', () => {
    expect(wrap('one two three four', 10)).toEqual(['one two', 'three four']);
    expect(wrap('fits', 10)).toEqual(['fits']);
    expect(wrap('', 10)).toEqual(['']);
  });
  test('line ends stay', () => {
    expect(wrap('one\n\ntwo', 10)).toEqual(['one', '', 'two']);
  });
  test('names and paths stay whole', () => {
    expect(wrap('see k3d-lab-agent-0 in /var/lib/data now', 16)).toEqual([
      'see',
      'k3d-lab-agent-0',
      'in /var/lib/data',
      'now',
    ]);
  });
  test('a path after Japanese begins a line, and leaves the particle before it where it stands', () => {
    expect(wrap('ファイルは/lab-shared/mysqlにあります', 22)).toEqual([
      'ファイルは',
      '/lab-shared/mysqlにあ',
      'ります',
    ]);
  });
  test('a word that is longer than the line is cut', () => {
    expect(wrap(`a ${'x'.repeat(25)} b`, 10)).toEqual(['a', 'xxxxxxxxxx', 'xxxxxxxxxx', 'xxxxx b']);
  });
  test('never narrower than ten columns', () => {
    expect(wrap('one two three', 1)).toEqual(['one two', 'three']);
  });
  test('a Japanese character takes two columns', () => {
    expect(wrap('一二三四五六', 10)).toEqual(['一二三四五', '六']);
  });
  test('colour codes take no room', () => {
    expect(wrap(`${style.bold('one')} ${style.good('two')} three`, 10)).toEqual([
      `${style.bold('one')} ${style.good('two')}`,
      'three',
    ]);
  });
});

describe.each([
  ['Japanese', japanese],
  [
    'Japanese with colours',
    japanese.replace(/「[^」]+」/g, found => style.code(found)).replace('動いて', style.bold('動いて')),
  ],
  ['a long word in colour', `see ${'x'.repeat(8)}${style.code('y'.repeat(40))} and ${style.bad('more')}`],
  [
    'English with colours',
    `The Pod ${style.bold('mariadb-7d9')} runs on ${style.code('k3d-statelab-agent-0')}, not here.`,
  ],
])('%s, at every width', (_, text) => {
  test.each(Array.from({length: 60}, (_unused, index) => index + 10))('%i', width => {
    const lines = wrap(text, width);
    for (const line of lines) {
      expect(stringWidth(line)).toBeLessThanOrEqual(width);
      const visible = stripVTControlCharacters(line);
      expect(visible).not.toMatch(/^[、。」？]/);
      expect(visible).not.toMatch(/「$/);
      expect(visible).not.toMatch(/\[\d*m?$|^\d*m(?![a-z])/);
      expect(visible).not.toContain('\u001b');
    }
    expect(withoutSpace(lines.join(''))).toBe(withoutSpace(text));
  });
});

describe('truncate', () => {
  test('an ellipsis where something was cut', () => {
    expect(truncate('short', 10)).toBe('short');
    expect(truncate('a long line', 7)).toBe('a long…');
    expect(truncate('一二三四', 6)).toBe('一二…');
  });
  test('a colour ends where the text was cut', () => {
    expect(truncate(style.dim('a long line'), 7)).toBe(style.dim('a long…'));
  });
});
