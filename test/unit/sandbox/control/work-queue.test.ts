import {setImmediate} from 'node:timers/promises';
import {expect, test} from 'vitest';
import type {ControlContext} from '../../../../src/sandbox/control/controller.ts';
import {workQueue} from '../../../../src/sandbox/control/work-queue.ts';
import {StatusError} from '../../../../src/sandbox/status-error.ts';
import {manualClock} from '../manual-clock.ts';

function setUp() {
  const clock = manualClock();
  const ended = new AbortController();
  const reported: unknown[] = [];
  const context = {
    clock,
    signal: ended.signal,
    report: (error: unknown) => void reported.push(error),
  } as unknown as ControlContext;
  return {clock, ended, reported, context};
}
const conflict = () => new StatusError(409, 'Conflict', 'changed meanwhile');

test('works on a key once, however often it was added, and not within the call that added it', async () => {
  const {context} = setUp();
  const worked: string[] = [];
  const queue = workQueue(context, 'test', key => void worked.push(key));
  for (const key of ['a', 'b', 'a', 'a']) queue.add(key);
  expect(worked).toEqual([]);
  await setImmediate();
  expect(worked).toEqual(['a', 'b']);
});

test('a key that is added while it is worked on is worked on again in a later turn', async () => {
  const {context} = setUp();
  let times = 0;
  const queue = workQueue(context, 'test', key => {
    times++;
    if (times === 1) queue.add(key);
  });
  queue.add('a');
  await setImmediate();
  expect(times).toBe(1);
  await setImmediate();
  expect(times).toBe(2);
});

test('an asynchronous work holds back its own key and no other', async () => {
  const {context, clock} = setUp();
  const first = Promise.withResolvers<void>();
  const worked: string[] = [];
  const queue = workQueue(context, 'test', key => {
    worked.push(key);
    return key === 'slow' ? first.promise : undefined;
  });
  queue.add('slow');
  await setImmediate();
  queue.add('slow');
  queue.add('quick');
  await clock.advance(0);
  expect(worked).toEqual(['slow', 'quick']);
  first.resolve();
  await clock.advance(0);
  expect(worked).toEqual(['slow', 'quick', 'slow']);
});

test('a StatusError, thrown or rejected, is tried again after 5, 10, 20 ms and so on', async () => {
  const {context, clock, reported} = setUp();
  const at: number[] = [];
  const start = clock.now();
  const queue = workQueue(context, 'test', () => {
    at.push(clock.now() - start);
    if (at.length === 1) throw conflict();
    return at.length < 4 ? Promise.reject(conflict()) : undefined;
  });
  queue.add('a');
  await clock.advance(1000);
  expect(at).toEqual([0, 5, 15, 35]);
  queue.add('a');
  await clock.advance(1000);
  expect(at).toHaveLength(5);
  expect(reported).toEqual([]);
});

test('a bug is reported with its controller and key, is not tried again, and the other keys go on', async () => {
  const {context, clock, reported} = setUp();
  const worked: string[] = [];
  const bug = new TypeError('undefined is not a Pod');
  const queue = workQueue(context, 'test-controller', key => {
    worked.push(key);
    if (key === 'a') throw bug;
  });
  queue.add('a');
  queue.add('b');
  await clock.advance(10_000);
  expect(worked).toEqual(['a', 'b']);
  expect(reported).toMatchObject([{message: 'test-controller failed on a', cause: bug}]);
});

test('looks again when asked to, unless a change came first and did not ask', async () => {
  const {context, clock} = setUp();
  let times = 0;
  const queue = workQueue(context, 'test', () => {
    times++;
    return times <= 2 ? {after: 1000} : undefined;
  });
  queue.add('a');
  await clock.advance(999);
  expect(times).toBe(1);
  await clock.advance(1);
  expect(times).toBe(2);
  queue.add('a');
  await clock.advance(10_000);
  expect(times).toBe(3);
});

test('nothing is worked on after the signal', async () => {
  const {context, clock, ended} = setUp();
  const worked: string[] = [];
  const queue = workQueue(context, 'test', key => {
    worked.push(key);
    if (key === 'a') ended.abort();
    return {after: 5};
  });
  queue.add('a');
  queue.add('b');
  await clock.advance(1000);
  queue.add('c');
  await clock.advance(1000);
  expect(worked).toEqual(['a']);
});
