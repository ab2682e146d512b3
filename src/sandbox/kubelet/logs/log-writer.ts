import {appendFile, mkdir, rename, rm, stat} from 'node:fs/promises';
import {dirname} from 'node:path';
import {Writable} from 'node:stream';
import type {SandboxClock} from '../../clock.ts';

/** What a container prints goes here: one file in the CRI's log format, `<time> stdout|stderr F|P <line>`. */
export interface LogWriter {
  stdout: Writable;
  stderr: Writable;
  /** Is told each time lines were written, and once when no more will come. */
  onWritten(listener: () => void): () => void;
  /** No more comes: what has no line end yet is written as the part of a line that it is. */
  close(): Promise<void>;
  readonly closed: boolean;
}

/** containerLogMaxSize, in bytes. */
const maxSize = 10 * 2 ** 20;
/** A longer line is written in parts, as containerd does. */
const maxLine = 16 * 2 ** 10;

/** @param path on the host; it is opened for each batch of lines only */
export function openLog(path: string, clock: SandboxClock, report: (error: unknown) => void): LogWriter {
  const listeners = new Set<() => void>();
  let waiting = '';
  let writing: Promise<void> | undefined;
  let closed = false;

  const add = (line: string) => {
    waiting += line;
    writing ??= Promise.resolve().then(flush);
  };
  const flush = async () => {
    try {
      while (waiting !== '') {
        const lines = waiting;
        waiting = '';
        await append(path, lines);
        for (const listener of listeners) listener();
      }
    } catch (error) {
      report(error);
    } finally {
      writing = undefined;
    }
  };
  const streams = (['stdout', 'stderr'] as const).map(name => lineStream(name, clock, add));
  const [stdout, stderr] = streams as [LineStream, LineStream];
  return {
    stdout: stdout.stream,
    stderr: stderr.stream,
    onWritten(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    get closed() {
      return closed;
    },
    async close() {
      for (const one of streams) one.end();
      await writing;
      closed = true;
      for (const listener of listeners) listener();
    },
  };
}

interface LineStream {
  stream: Writable;
  end(): void;
}

function lineStream(name: 'stdout' | 'stderr', clock: SandboxClock, add: (line: string) => void): LineStream {
  let rest: Buffer = Buffer.alloc(0);
  const tell = (tag: 'F' | 'P', line: Buffer) =>
    add(`${precise(clock.now())} ${name} ${tag} ${line.toString()}\n`);
  const take = (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(0x0a); end >= 0 || rest.length > maxLine; end = rest.indexOf(0x0a)) {
      const full = end >= 0 && end <= maxLine;
      const length = full ? end : maxLine;
      tell(full ? 'F' : 'P', rest.subarray(0, length));
      rest = rest.subarray(full ? length + 1 : length);
    }
  };
  return {
    stream: new Writable({
      write(chunk: Buffer, _encoding, done) {
        take(chunk);
        done();
      },
    }),
    end() {
      if (rest.length > 0) tell('P', rest);
      rest = Buffer.alloc(0);
    },
  };
}

/** RFC 3339 with nanoseconds, as containerd writes it. */
const precise = (now: number) => `${new Date(now).toISOString().slice(0, 23)}000000Z`;

async function append(path: string, lines: string): Promise<void> {
  await mkdir(dirname(path), {recursive: true});
  const size = await stat(path).then(
    found => found.size,
    () => 0,
  );
  if (size > maxSize) await rotate(path);
  await appendFile(path, lines);
}

/** One older file is kept; `kubectl logs` shows the newest only, as with a real kubelet. */
async function rotate(path: string): Promise<void> {
  await rm(`${path}.1`, {force: true});
  await rename(path, `${path}.1`);
}
