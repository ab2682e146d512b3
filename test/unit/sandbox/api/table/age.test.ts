import {expect, test} from 'vitest';
import {age, duration} from '../../../../../src/sandbox/api/table/age.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [-5 * second, '<invalid>'],
  [-1 * second, '0s'],
  [0, '0s'],
  [119 * second, '119s'],
  [2 * minute, '2m'],
  [5 * minute + 30 * second, '5m30s'],
  [10 * minute + 30 * second, '10m'],
  [179 * minute, '179m'],
  [3 * hour, '3h'],
  [7 * hour + 59 * minute, '7h59m'],
  [47 * hour, '47h'],
  [2 * day + 5 * hour, '2d5h'],
  [8 * day + 5 * hour, '8d'],
  [729 * day, '729d'],
  [2 * 365 * day + 3 * day, '2y3d'],
  [9 * 365 * day, '9y'],
])('%d ms is %s', (milliseconds, text) => expect(duration(milliseconds)).toBe(text));

test('the age of nothing is unknown', () => expect(age(undefined, 0)).toBe('<unknown>'));
