import {isUtf8} from 'node:buffer';
import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import {dirname, join} from 'node:path';
import type {Journal, JournalEntry, Journals} from '../engine/journal.ts';
import {ExpectedError} from '../errors.ts';
import {entryVersion, readLine, versionOfTornLine, writeLine} from './entry.ts';
import {type Lock, takeLock} from './lock.ts';

/** Journals as files of JSON lines, `<directory>/<lab>.jsonl`, each with at most one writer at a time. */
export function fileJournals(directory: string): Journals {
  const fileOf = (lab: string) => join(directory, `${lab}.jsonl`);
  return {
    read: lab => readJournal(fileOf(lab)).entries,
    open: lab => openJournal(lab, fileOf(lab)),
    labs: () => labsIn(directory),
  };
}

interface ReadJournal {
  entries: JournalEntry[];
  /** Of the whole lines that were understood, in bytes. What lies behind was torn off. */
  length: number;
}

/** @throws ExpectedError `journal-newer`, `journal-broken`, `journal-unwritable` */
function readJournal(file: string): ReadJournal {
  const bytes = contentOf(file);
  const lines = linesOf(bytes);
  const read = lines.map(line => (isUtf8(line) ? readLine(line.toString()) : ({kind: 'no-json'} as const)));
  const torn = versionOfTornLine(bytes.subarray(lengthOf(lines)).toString('latin1')) ?? 0;
  const found = Math.max(torn, ...read.map(line => (line.kind === 'newer' ? line.version : 0)));
  if (found > entryVersion) throw new ExpectedError('journal-newer', {file, found, known: entryVersion});

  // A line with its line feed may be torn as well: after a power cut it can hold what the disk held before.
  if (read.at(-1)?.kind === 'no-json') {
    read.pop();
    lines.pop();
  }
  const entries = read.map((line, index) => {
    if (line.kind === 'entry') return line.entry;
    throw new ExpectedError('journal-broken', {file, line: index + 1});
  });
  return {entries, length: lengthOf(lines)};
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw unwritable(file, error);
  }
}

/** The lines that have their line feed, without it. */
function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

const lengthOf = (lines: Buffer[]) => lines.reduce((length, line) => length + line.length + 1, 0);

/** The order matters: only who has the lock may cut a torn line off. */
function openJournal(lab: string, file: string): Journal {
  const lock = lockJournal(lab, file);
  try {
    const {entries, length} = readJournal(file);
    return new FileJournal(file, openForAppend(file, length), lock, entries, length);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function lockJournal(lab: string, file: string): Lock {
  const lock = writing(file, () => {
    makeDirectory(dirname(file));
    return takeLock(file.replace(/\.jsonl$/, '.lock'));
  });
  if ('heldBy' in lock) throw new ExpectedError('journal-locked', {lab, pid: lock.heldBy});
  return lock;
}

function openForAppend(file: string, length: number): number {
  return writing(file, () => {
    const handle = openSync(file, 'a', 0o600);
    try {
      if (fstatSync(handle).size > length) ftruncateSync(handle, length);
      fsyncSync(handle);
      syncDirectory(dirname(file));
      return handle;
    } catch (error) {
      closeSync(handle);
      throw error;
    }
  });
}

class FileJournal implements Journal {
  readonly entries: JournalEntry[];
  readonly #file: string;
  readonly #handle: number;
  readonly #lock: Lock;
  /** Of the whole lines on the disk, in bytes. */
  #length: number;
  /** An append failed, and what it left of its line could not be taken back yet. */
  #torn = false;
  #closed = false;

  constructor(file: string, handle: number, lock: Lock, entries: JournalEntry[], length: number) {
    this.#file = file;
    this.#handle = handle;
    this.#lock = lock;
    this.#length = length;
    this.entries = entries;
  }

  append(...entries: readonly JournalEntry[]): void {
    const lines = Buffer.from(entries.map(writeLine).join(''));
    writing(this.#file, () => {
      if (this.#torn) this.#takeBack();
      this.#torn = true;
      try {
        writeWhole(this.#handle, lines);
        fdatasyncSync(this.#handle);
        this.#torn = false;
      } catch (error) {
        this.#tryToTakeBack();
        throw error;
      }
    });
    this.#length += lines.length;
    this.entries.push(...entries);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#handle);
    this.#lock.release();
  }

  #takeBack() {
    ftruncateSync(this.#handle, this.#length);
    this.#torn = false;
  }

  /** What cannot be taken back now is before the next line, or when the journal is opened next. */
  #tryToTakeBack() {
    try {
      this.#takeBack();
    } catch {}
  }
}

/** One write, so that a line is torn at most at one place. A disk that fills up takes a part of it and says no error. */
function writeWhole(handle: number, line: Buffer): void {
  const written = writeSync(handle, line);
  if (written < line.length) writeSync(handle, line, written);
}

/** Makes the directory and those above it, for this user only, so that they outlast a power cut. */
function makeDirectory(directory: string): void {
  const first = mkdirSync(directory, {recursive: true, mode: 0o700});
  if (first === undefined) return;
  for (let made = directory; made.length >= first.length; made = dirname(made)) syncDirectory(dirname(made));
}

function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return; // has no such thing: a directory cannot be opened there
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function labsIn(directory: string): string[] {
  return namesIn(directory)
    .filter(name => name.endsWith('.jsonl'))
    .map(name => ({lab: name.slice(0, -'.jsonl'.length), stat: statSync(join(directory, name))}))
    .filter(({stat}) => stat.size > 0)
    .sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs)
    .map(({lab}) => lab);
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw unwritable(directory, error);
  }
}

/** Runs what touches the disk. A full disk, a missing right, a read-only file system are nobody's bug. */
function writing<T>(file: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? unwritable(file, error) : error;
  }
}

const unwritable = (file: string, cause: unknown) =>
  new ExpectedError('journal-unwritable', {file, detail: (cause as Error).message}, {cause});

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
