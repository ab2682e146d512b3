import type {ProcessContext} from '../../program.ts';

/** Asks on the terminal, without an echo, or without one, on stderr. Nothing that was typed behind the line is lost. */
export async function readPassword({stdin, stdout, stderr, tty}: ProcessContext): Promise<string> {
  (tty ? stdout : stderr).write('Enter password: ');
  let typed = '';
  for (;;) {
    const chunk = await nextChunk(stdin);
    if (chunk === undefined) break;
    const end = [...chunk].findIndex(char => ends.has(char));
    typed += end < 0 ? chunk : chunk.slice(0, end);
    if (end < 0) continue;
    const rest = chunk.slice(end + 1).replace(/^\n/, '');
    if (rest !== '') stdin.unshift(Buffer.from(rest));
    break;
  }
  if (tty) stdout.write('\n');
  return [...typed].reduce(
    (all, char) => (char === '\x7f' || char === '\b' ? all.slice(0, -1) : all + char),
    '',
  );
}

/** Return, line feed, Ctrl-C and Ctrl-D. */
const ends = new Set(['\r', '\n', '\x03', '\x04']);

function nextChunk(stdin: ProcessContext['stdin']): Promise<string | undefined> {
  return new Promise(resolve => {
    const look = () => {
      const chunk: Buffer | string | null = stdin.read();
      if (chunk === null && !stdin.readableEnded) return;
      stdin.off('readable', look);
      stdin.off('end', look);
      resolve(chunk === null ? undefined : String(chunk));
    };
    stdin.on('readable', look);
    stdin.on('end', look);
    look();
  });
}
