import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {realClock} from '../../../src/sandbox/clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const day = 24 * 3600 * 1000;

test.each([1, 10])('at speed %d, time goes by so much faster', speed => {
  const called = vi.fn();
  realClock(speed).after(20_000, called);
  vi.advanceTimersByTime(20_000 / speed - 1);
  expect(called).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(called).toHaveBeenCalledTimes(1);
});

test('what is due in 40 days is not due at once', () => {
  const called = vi.fn();
  realClock().after(40 * day, called);
  vi.advanceTimersByTime(40 * day - 1);
  expect(called).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(called).toHaveBeenCalledTimes(1);
});

test('what was cancelled does not happen, however long it was to take', () => {
  const called = vi.fn();
  const cancel = realClock().after(40 * day, called);
  vi.advanceTimersByTime(30 * day);
  cancel();
  vi.advanceTimersByTime(30 * day);
  expect(called).not.toHaveBeenCalled();
});
