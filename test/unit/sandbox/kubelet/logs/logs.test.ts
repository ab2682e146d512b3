import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openLog} from '../../../../../src/sandbox/kubelet/logs/log-writer.ts';
import {type LogOptions, readLog} from '../../../../../src/sandbox/kubelet/logs/read-log.ts';
import {manualClock} from '../../manual-clock.ts';
import {temporaryDirectory} from '../../temporary-directory.ts';

const fail = (error: unknown) => {
  throw error;
};
const options = (some: Partial<LogOptions> = {}): LogOptions => ({
  follow: false,
  timestamps: false,
  signal: new AbortController().signal,
  ...some,
});

async function shown(path: string, some: Partial<LogOptions> = {}) {
  let text = '';
  for await (const chunk of readLog(path, undefined, options(some))) text += chunk.toString();
  return text;
}

/** A log of three lines, a second apart; the last one lacks its end. */
async function threeLines() {
  const path = join(temporaryDirectory(), 'pod/c/0.log');
  const clock = manualClock();
  const log = openLog(path, clock, fail);
  for (const line of ['one\n', 'two\n', 'three']) {
    log.stdout.write(line);
    await clock.advance(1000);
  }
  await log.close();
  return path;
}

test('lines are kept in the format of the CRI', async () => {
  const path = join(temporaryDirectory(), '0.log');
  const log = openLog(path, manualClock(), fail);
  log.stdout.write('hel');
  log.stdout.write('lo\n');
  log.stderr.write('oh\nunfinished');
  await log.close();
  expect(readFileSync(path, 'utf8')).toBe(
    '2026-11-21T12:00:00.000000000Z stdout F hello\n' +
      '2026-11-21T12:00:00.000000000Z stderr F oh\n' +
      '2026-11-21T12:00:00.000000000Z stderr P unfinished\n',
  );
});

test.each([
  ['all of it', {}, 'one\ntwo\nthree'],
  ['the tail', {tailLines: 2}, 'two\nthree'],
  ['no line at all', {tailLines: 0}, ''],
  ['so many bytes', {limitBytes: 5}, 'one\nt'],
  ['what is newer', {since: Date.parse('2026-11-21T12:00:01Z')}, 'two\nthree'],
  [
    'with times',
    {timestamps: true, tailLines: 2},
    '2026-11-21T12:00:01.000000000Z two\n2026-11-21T12:00:03.000000000Z three',
  ],
])('%s is shown', async (_, some, expected) => {
  expect(await shown(await threeLines(), some)).toBe(expected);
});

test('a long line is one line again when it is read', async () => {
  const path = join(temporaryDirectory(), '0.log');
  const log = openLog(path, manualClock(), fail);
  const long = 'x'.repeat(40_000);
  log.stdout.write(`first\n${long}\n`);
  await log.close();
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(5);
  expect(await shown(path, {tailLines: 1})).toBe(`${long}\n`);
});

test('a follower gets what is there, what comes, and ends with the container', async () => {
  const path = join(temporaryDirectory(), '0.log');
  const clock = manualClock();
  const log = openLog(path, clock, fail);
  log.stdout.write('before\n');
  await clock.advance(10);
  let text = '';
  const following = (async () => {
    for await (const chunk of readLog(path, log, options({follow: true}))) text += chunk.toString();
  })();
  await clock.advance(10);
  log.stdout.write('after\n');
  await expect.poll(() => text).toBe('before\nafter\n');
  log.stdout.write('last');
  await log.close();
  await following;
  expect(text).toBe('before\nafter\nlast');
});

test('a follower ends when it is told to', async () => {
  const path = join(temporaryDirectory(), '0.log');
  const log = openLog(path, manualClock(), fail);
  const {signal, abort} = (controller => ({signal: controller.signal, abort: () => controller.abort()}))(
    new AbortController(),
  );
  const following = readLog(path, log, options({follow: true, signal})).next();
  abort();
  expect(await following).toMatchObject({done: true});
});

test('a log that has become too big starts again, and the older lines are beside it', async () => {
  const path = join(temporaryDirectory(), '0.log');
  writeFileSync(path, `${'x'.repeat(11 * 2 ** 20)}\n`);
  const log = openLog(path, manualClock(), fail);
  log.stdout.write('new\n');
  await log.close();
  expect(await shown(path)).toBe('new\n');
  expect(readFileSync(`${path}.1`).length).toBe(11 * 2 ** 20 + 1);
});
