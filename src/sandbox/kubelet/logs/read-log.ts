import {readFile} from 'node:fs/promises';
import type {LogRequest} from '../kubelets.ts';
import type {LogWriter} from './log-writer.ts';

export type LogOptions = Pick<
  LogRequest,
  'follow' | 'tailLines' | 'since' | 'limitBytes' | 'timestamps' | 'signal'
>;

/**
 * A container's log as `kubectl logs` shows it, in chunks of whole lines.
 * @param writer the one that still writes it; following ends with it
 */
export async function* readLog(
  path: string,
  writer: LogWriter | undefined,
  options: LogOptions,
): AsyncGenerator<Buffer> {
  const {follow, tailLines, signal} = options;
  let left = options.limitBytes ?? Number.POSITIVE_INFINITY;
  let read = 0;
  const shown = function* (entries: Entry[]): Generator<Buffer> {
    const text = Buffer.from(entries.map(entry => asShown(entry, options)).join('')).subarray(0, left);
    left -= text.length;
    if (text.length > 0) yield text;
  };
  const changes = follow && writer && !writer.closed ? changesOf(writer, signal) : undefined;
  try {
    for (let first = true; first || (await changes?.next()); first = false) {
      const content = await readFile(path).catch(() => Buffer.alloc(0));
      if (content.length < read) read = 0; // rotated
      const complete = content.lastIndexOf(0x0a) + 1;
      const entries = parse(content.subarray(read, complete).toString()).filter(entry =>
        isSince(entry, options),
      );
      read = complete;
      yield* shown(first && tailLines !== undefined ? lastLines(entries, tailLines) : entries);
      if (left <= 0) return;
    }
  } finally {
    changes?.stop();
  }
}

interface Entry {
  time: string;
  /** F when a line ends here. */
  tag: string;
  text: string;
}

const parse = (content: string): Entry[] =>
  content
    .split('\n')
    .slice(0, -1)
    .map(line => {
      const [time = '', , tag = ''] = line.split(' ', 3);
      return {time, tag, text: line.slice(time.length + tag.length + ' stdout  '.length)};
    });

const isSince = ({time}: Entry, {since}: LogOptions) => since === undefined || Date.parse(time) >= since;

/** A line that was written in parts counts as one. */
function lastLines(entries: Entry[], count: number): Entry[] {
  let lines = 0;
  const from = entries.findLastIndex((entry, index) => {
    if (entry.tag === 'F' || index === entries.length - 1) lines++;
    return lines > count;
  });
  return entries.slice(from + 1);
}

const asShown = ({time, tag, text}: Entry, {timestamps}: LogOptions) =>
  `${timestamps ? `${time} ` : ''}${text}${tag === 'F' ? '\n' : ''}`;

/** Lets a reader wait for what is written next. */
function changesOf(writer: LogWriter, signal: AbortSignal) {
  let news = false;
  let over = signal.aborted;
  let wake = () => {};
  const tell = () => {
    news = true;
    wake();
  };
  const end = () => {
    over = true;
    wake();
  };
  const stop = writer.onWritten(tell);
  signal.addEventListener('abort', end);
  return {
    /** True when there may be more to read, false when there is no more to come. */
    async next(): Promise<boolean> {
      while (!news && !over && !writer.closed)
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      const more = news && !over;
      news = false;
      return more;
    },
    stop() {
      stop();
      signal.removeEventListener('abort', end);
    },
  };
}
