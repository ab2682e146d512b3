import {agrees, type Compared, type Comparison} from './compare.ts';

/** What differs in a session, command by command; nothing when all agrees. */
export function sayComparison({session, commands, objects}: Comparison): string {
  return [...commands, ...objects]
    .filter(one => !agrees(one))
    .map(one => `${session}: ${one.what}\n${lineDiff(one)}\n`)
    .join('\n');
}

/** The figures: commands and histories of objects that agree. */
export function sayTotal(comparisons: readonly Comparison[]): string {
  const share = (all: readonly Compared[]): string => {
    const same = all.filter(agrees).length;
    return `${same} of ${all.length} (${((100 * same) / Math.max(all.length, 1)).toFixed(1)} %)`;
  };
  const commands = share(comparisons.flatMap(one => one.commands));
  const objects = share(comparisons.flatMap(one => one.objects));
  return `${comparisons.length} sessions; commands that agree: ${commands}; objects with the same states: ${objects}`;
}

/** Lines that only one side has, with - and +, between those around them. */
function lineDiff({expected, got}: Compared): string {
  const [one, other] = [expected.split('\n'), got.split('\n')];
  const common = commonLengths(one, other);
  const lines: string[] = [];
  let [at, to] = [0, 0];
  while (at < one.length || to < other.length) {
    const [left, right] = [one[at], other[to]];
    if (left !== undefined && left === right) {
      lines.push(`    ${left}`);
      at += 1;
      to += 1;
    } else if (
      left !== undefined &&
      (right === undefined || (common[at + 1]?.[to] ?? 0) >= (common[at]?.[to + 1] ?? 0))
    ) {
      lines.push(`  - ${left}`);
      at += 1;
    } else {
      lines.push(`  + ${right}`);
      to += 1;
    }
  }
  return lines.filter((_, index) => lines.slice(Math.max(index - 2, 0), index + 3).some(isChange)).join('\n');
}

const isChange = (line: string): boolean => /^ {2}[-+] /.test(line);

/** Of every pair of tails, how many lines they have in common, in order. */
function commonLengths(one: readonly string[], other: readonly string[]): number[][] {
  const lengths = Array.from({length: one.length + 1}, () => new Array<number>(other.length + 1).fill(0));
  for (let at = one.length - 1; at >= 0; at -= 1)
    for (let to = other.length - 1; to >= 0; to -= 1) {
      const [row, below] = [lengths[at] ?? [], lengths[at + 1] ?? []];
      row[to] = one[at] === other[to] ? (below[to + 1] ?? 0) + 1 : Math.max(below[to] ?? 0, row[to + 1] ?? 0);
    }
  return lengths;
}
