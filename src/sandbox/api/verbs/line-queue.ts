/** Lines that wait to be written, joined to one chunk whenever the reader is ready for more. */
export interface LineQueue extends AsyncIterable<string> {
  push(line: string): void;
  /** Ends the reading once all is read. */
  end(): void;
}

/** A reader that is so many lines behind has stopped reading: it is left, and can start again. */
const limit = 20_000;

/** @param signal ends the reading at once */
export function lineQueue(signal: AbortSignal): LineQueue {
  let lines: string[] = [];
  let ended = signal.aborted;
  let wake = () => {};
  const end = () => {
    ended = true;
    wake();
  };
  signal.addEventListener('abort', end, {once: true});
  return {
    push(line) {
      if (ended) return;
      lines.push(line);
      if (lines.length > limit) end();
      else wake();
    },
    end,
    async *[Symbol.asyncIterator]() {
      try {
        while (!signal.aborted) {
          if (lines.length > 0) {
            const chunk = lines.join('');
            lines = [];
            yield chunk;
          } else if (ended) return;
          else await new Promise<void>(resolve => (wake = resolve));
        }
      } finally {
        signal.removeEventListener('abort', end);
      }
    },
  };
}
