/**
 * Makes text independent of the width of what stands in its columns, and of the order of what has no order:
 * rows whose name was made up by the server, and events.
 * @param looks what a line looks like when its made-up names are left out
 */
export function inOrder(text: string, looks: (line: string) => string): string {
  const lines = text.split('\n').map(narrow);
  return blocks(lines, looks)
    .flatMap(({lines: all, order}) =>
      order ? sortByLooks(order === 'events' ? [...new Set(all)] : all, looks) : all,
    )
    .join('\n');
}

/** Runs of spaces are columns, but for those that indent. */
const narrow = (line: string): string =>
  line
    .trimEnd()
    .replace(/(?<=\S) {2,}/g, '  ')
    .replace(/(?<=\S)\t+/g, '\t');

interface Block {
  lines: string[];
  /** Why its lines have no order of their own; undefined when they have. An event that is told again is one. */
  order: 'events' | 'names' | undefined;
}

function blocks(lines: readonly string[], looks: (line: string) => string): Block[] {
  const found: Block[] = [];
  let inEvents: RegExp | undefined;
  for (const line of lines) {
    if (inEvents && !inEvents.test(line)) inEvents = undefined;
    const order = inEvents ? 'events' : madeUp.test(looks(line)) ? 'names' : undefined;
    const last = found.at(-1);
    if (last && last.order === order) last.lines.push(line);
    else found.push({lines: [line], order});
    if (/^ +---- {2}------/.test(line)) inEvents = /^ {2,}\S/;
    if (/^(NAMESPACE {2})?LAST SEEN {2}/.test(line)) inEvents = /^\S/;
  }
  return found;
}

/** A row of a table, or a line about one object, whose name ends by chance. */
const madeUp = /^(\S+ +)?\S*<(?:random|hash)(?:-\d+)?>/;

function sortByLooks(lines: readonly string[], looks: (line: string) => string): string[] {
  return lines
    .map(line => ({line, look: looks(line)}))
    .sort((one, other) => (one.look < other.look ? -1 : one.look > other.look ? 1 : 0))
    .map(({line}) => line);
}
