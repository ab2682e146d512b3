import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {expect, onTestFinished, test} from 'vitest';
import type {JournalEntry} from '../../../src/engine/journal.ts';
import {fileJournals} from '../../../src/progress/journal.ts';
import {emptyDirectory} from '../../helpers/directory.ts';
import {canMount, mountSmallDisk} from '../../helpers/small-disk.ts';

const program = (name: string) =>
  fileURLToPath(new URL(`../../fixtures/progress/${name}.ts`, import.meta.url));
const windows = process.platform === 'win32';

const one: JournalEntry = {at: 1, type: 'step-opened', step: 'scale'};
const two: JournalEntry = {at: 2, type: 'answered', step: 'scale', answer: 'データ', right: true};
const three: JournalEntry = {at: 3, type: 'reset'};

/** A journal that holds the entries, closed again. */
function written(...entries: JournalEntry[]) {
  const directory = emptyDirectory();
  const journals = fileJournals(directory);
  const journal = journals.open('lab');
  for (const entry of entries) journal.append(entry);
  journal.close();
  return {journals, directory, file: join(directory, 'lab.jsonl')};
}

test('what was appended is read again, also by the next writer', () => {
  const {journals} = written(one, two);
  expect(journals.read('lab')).toEqual([one, two]);
  const journal = journals.open('lab');
  expect(journal.entries).toEqual([one, two]);
  journal.append(three);
  expect(journal.entries).toEqual([one, two, three]);
  expect(journals.read('lab')).toEqual([one, two, three]);
  journal.close();
});

test('several entries are written in one go', () => {
  const {journals} = written(one);
  const journal = journals.open('lab');
  journal.append(two, three);
  expect(journal.entries).toEqual([one, two, three]);
  journal.close();
  expect(journals.read('lab')).toEqual([one, two, three]);
});

test('a lab without a journal has no entries, and reading makes nothing', () => {
  const directory = join(emptyDirectory(), 'not', 'there');
  expect(fileJournals(directory).read('lab')).toEqual([]);
  expect(fileJournals(directory).labs()).toEqual([]);
  expect(existsSync(directory)).toBe(false);
});

test.skipIf(windows)('only this user may read it', () => {
  const directory = join(emptyDirectory(), 'made');
  const journal = fileJournals(directory).open('lab');
  const modes = [directory, join(directory, 'lab.jsonl'), join(directory, 'lab.lock')].map(
    path => statSync(path).mode & 0o777,
  );
  expect(modes).toEqual([0o700, 0o600, 0o600]);
  journal.close();
});

test('closing leaves nothing but the journal, and may be done twice', () => {
  const {journals, directory} = written(one);
  const journal = journals.open('lab');
  journal.close();
  const next = journals.open('lab');
  journal.close();
  expect(() => journals.open('lab')).toThrow(expect.objectContaining({code: 'journal-locked'}));
  next.close();
  expect(readdirSync(directory)).toEqual(['lab.jsonl']);
});

test('a second writer is refused, a reader is not', () => {
  const {journals} = written(one);
  const journal = journals.open('lab');
  expect(() => journals.open('lab')).toThrow(
    expect.objectContaining({code: 'journal-locked', facts: {lab: 'lab', pid: process.pid}}),
  );
  expect(journals.read('lab')).toEqual([one]);
  expect(journals.open('other').close()).toBeUndefined();
  journal.close();
});

test('labs are told newest first, and only those with something in their journal', () => {
  const {journals, directory} = written(one);
  for (const [lab, seconds] of [
    ['old', 1000],
    ['new', 2000],
  ] as const) {
    const journal = journals.open(lab);
    journal.append(one);
    journal.close();
    utimesSync(join(directory, `${lab}.jsonl`), seconds, seconds);
  }
  journals.open('empty').close();
  utimesSync(join(directory, 'lab.jsonl'), 1500, 1500);
  expect(journals.labs()).toEqual(['new', 'lab', 'old']);
});

test('a last line torn at any byte is passed over by readers and cut off by the next writer', () => {
  const {journals, file} = written(one, two);
  const whole = readFileSync(file);
  const start = whole.indexOf('\n') + 1;
  for (let end = start; end < whole.length; end++) {
    writeFileSync(file, whole.subarray(0, end));
    expect(journals.read('lab')).toEqual([one]);
    expect(readFileSync(file)).toHaveLength(end);
    const journal = journals.open('lab');
    expect(journal.entries).toEqual([one]);
    expect(readFileSync(file)).toHaveLength(start);
    journal.append(three);
    journal.close();
    expect(journals.read('lab')).toEqual([one, three]);
  }
});

test.each([
  ['zeros, as after a power cut', Buffer.alloc(300)],
  ['zeros with a line feed', Buffer.from(`${'\0'.repeat(50)}\n`)],
  ['what is not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x0a])],
])('a tail of %s is torn too', (_name, tail) => {
  const {journals, file} = written(one);
  appendFileSync(file, tail);
  expect(journals.read('lab')).toEqual([one]);
  journals.open('lab').close();
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2);
});

test('a broken line in the middle is told with its number and nothing is changed', () => {
  const {journals, file, directory} = written(one, two, three);
  const lines = readFileSync(file, 'utf8').split('\n');
  for (const broken of ['{"v":1,', '', '{"v":1,"at":1,"type":"no-such-thing"}', '{"at":1,"type":"reset"}']) {
    const text = [lines[0], broken, lines[2], ''].join('\n');
    writeFileSync(file, text);
    const error = expect.objectContaining({code: 'journal-broken', facts: {file, line: 2}});
    expect(() => journals.read('lab')).toThrow(error);
    expect(() => journals.open('lab')).toThrow(error);
    expect(readFileSync(file, 'utf8')).toBe(text);
  }
  expect(readdirSync(directory)).toEqual(['lab.jsonl']);
});

test('a last line that is whole but not understood was not torn: it is kept', () => {
  const {journals, file} = written(one);
  appendFileSync(file, '{"v":1,"at":1,"type":"no-such-thing"}\n');
  expect(() => journals.open('lab')).toThrow(
    expect.objectContaining({code: 'journal-broken', facts: {file, line: 2}}),
  );
});

test.each([
  ['a newer line', '{"v":2,"at":3,"type":"reset"}\n'],
  ['a newer line of a form unknown', '{"v":2,"when":"now"}\n'],
  ['a newer line before a torn one', '{"v":2,"at":3,"type":"reset"}\n{"v"'],
  ['a newer line that is torn', '{"v":2,"at":3,"ty'],
  ['a broken line before a newer one', 'what?\n{"v":2}\n'],
])('the journal of a newer statelab is left alone: %s', (_name, tail) => {
  const {journals, file} = written(one);
  appendFileSync(file, tail);
  const before = readFileSync(file);
  const error = expect.objectContaining({code: 'journal-newer', facts: {file, found: 2, known: 1}});
  expect(() => journals.read('lab')).toThrow(error);
  expect(() => journals.open('lab')).toThrow(error);
  expect(readFileSync(file)).toEqual(before);
});

test('a directory that cannot be made or read is an expected error', () => {
  const file = join(emptyDirectory(), 'file');
  writeFileSync(file, '');
  const unwritable = expect.objectContaining({code: 'journal-unwritable'});
  expect(() => fileJournals(join(file, 'below')).open('lab')).toThrow(unwritable);
  expect(() => fileJournals(join(file, 'below')).read('lab')).toThrow(unwritable);
  const directory = emptyDirectory();
  mkdirSync(join(directory, 'lab.jsonl'));
  expect(() => fileJournals(directory).open('lab')).toThrow(unwritable);
  expect(readdirSync(directory)).toEqual(['lab.jsonl']);
});

interface Filled {
  kept: number;
  code: string;
  facts: {file: string; detail: string};
}

/** Whatever was acknowledged is there, the rest of the disk's last line is not, and a writer can go on. */
function expectNothingLost(directory: string, {kept, code, facts}: Filled, detail: RegExp) {
  const file = join(directory, 'lab.jsonl');
  expect({code, file: facts.file}).toEqual({code: 'journal-unwritable', file});
  expect(facts.detail).toMatch(detail);
  expect(kept).toBeGreaterThan(1);
  expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(kept + 1);
  expect(readFileSync(file, 'utf8').endsWith('}\n')).toBe(true);
  expect(fileJournals(directory).read('lab')).toHaveLength(kept);
}

test.skipIf(windows)('a file that may not grow any further keeps whole lines', () => {
  const directory = emptyDirectory();
  const command = `ulimit -f 16 && exec "$0" "$1" "$2"`;
  const output = execFileSync(
    'sh',
    ['-c', command, process.execPath, program('append-until-full'), directory],
    {encoding: 'utf8'},
  );
  expectNothingLost(directory, JSON.parse(output), /EFBIG/);
  const journal = fileJournals(directory).open('lab');
  journal.append(one);
  expect(fileJournals(directory).read('lab').at(-1)).toEqual(one);
  journal.close();
});

test.runIf(canMount)('a full disk keeps whole lines', () => {
  const directory = emptyDirectory();
  mountSmallDisk(directory, '64k');
  const output = execFileSync(process.execPath, [program('append-until-full'), directory], {
    encoding: 'utf8',
  });
  expectNothingLost(directory, JSON.parse(output), /ENOSPC/);
});

test('after kill -9 all that was acknowledged is there, and the next writer starts at once', async () => {
  const directory = emptyDirectory();
  const journals = fileJournals(directory);
  for (let round = 1; round <= 3; round++) {
    const writer = spawn(process.execPath, [program('append-forever'), directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void writer.kill('SIGKILL'));
    let acknowledged = 0;
    for await (const line of createInterface(writer.stdout)) {
      acknowledged = Number(line) || acknowledged;
      if (acknowledged >= round * 20) writer.kill('SIGKILL');
    }
    if (writer.signalCode === null) await once(writer, 'exit');
    expect(writer.signalCode).toBe('SIGKILL');
    const hints = journals.read('lab').map(entry => (entry.type === 'hinted' ? entry.hint : 0));
    expect(hints).toEqual(hints.map((_, index) => index + 1));
    expect(hints.length).toBeGreaterThanOrEqual(acknowledged);
  }
  journals.open('lab').close();
});
