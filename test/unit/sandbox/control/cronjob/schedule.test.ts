import {expect, test} from 'vitest';
import {parseSchedule} from '../../../../../src/sandbox/control/cronjob/schedule.ts';

test.each([
  ['* * * * *', '2026-11-21T12:00:30Z', '2026-11-21T12:01:00.000Z'],
  ['* * * * *', '2026-11-21T12:01:00Z', '2026-11-21T12:02:00.000Z'],
  ['*/15 * * * *', '2026-11-21T12:46:00Z', '2026-11-21T13:00:00.000Z'],
  ['5/20 * * * *', '2026-11-21T12:26:00Z', '2026-11-21T12:45:00.000Z'],
  ['30 3 * * *', '2026-11-21T12:00:00Z', '2026-11-22T03:30:00.000Z'],
  ['0 9-17/4 * * mon-fri', '2026-11-20T17:30:00Z', '2026-11-23T09:00:00.000Z'],
  ['0 0 29 2 *', '2026-11-21T12:00:00Z', '2028-02-29T00:00:00.000Z'],
  ['0 0 13 * FRI', '2026-11-21T12:00:00Z', '2026-11-27T00:00:00.000Z'],
  ['0 12 1,15 jan,jul *', '2026-11-21T12:00:00Z', '2027-01-01T12:00:00.000Z'],
  ['@weekly', '2026-11-21T12:00:00Z', '2026-11-22T00:00:00.000Z'],
])('%s after %s is due at %s', (schedule, after, due) => {
  const next = parseSchedule(schedule)?.next(Date.parse(after));
  expect(next && new Date(next).toISOString()).toBe(due);
});

test('a day that never comes is never due', () =>
  expect(parseSchedule('0 0 31 2 *')?.next(0)).toBeUndefined());

test.each([
  '',
  '* * * *',
  '60 * * * *',
  '* * 0 * *',
  '5-1 * * * *',
  '*/0 * * * *',
  'a * * * *',
  '1,,2 * * * *',
])('%j is not understood', schedule => expect(parseSchedule(schedule)).toBeUndefined());
