import {expect, test} from 'vitest';
import {unifiedDiff} from '../../../../../src/sandbox/schema/strategies/unified-diff.ts';

const letters = (...changed: [string, string][]) =>
  Object.fromEntries([...'abcdefghij'].map(letter => [letter, new Map(changed).get(letter) ?? letter]));

test('changes far apart get a hunk each', () => {
  expect(unifiedDiff(letters(), letters(['b', 'B'], ['j', 'J']))).toBe(`@@ -1,6 +1,6 @@
 {
  "a": "a",
- "b": "b",
+ "b": "B",
  "c": "c",
  "d": "d",
  "e": "e",
@@ -8,5 +8,5 @@
  "g": "g",
  "h": "h",
  "i": "i",
- "j": "j"
+ "j": "J"
 }
`);
});

test('changes near each other share one', () => {
  expect(unifiedDiff(letters(), letters(['b', 'B'], ['g', 'G'])).match(/@@ .* @@/g)).toEqual([
    '@@ -1,11 +1,11 @@',
  ]);
});

test('what is equal has no difference', () => {
  expect(unifiedDiff(letters(), letters())).toBe('');
});
