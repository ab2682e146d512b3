import {isDeepStrictEqual} from 'node:util';

/** Lines of context around a change. */
const context = 3;

/**
 * The difference between two objects, as Kubernetes shows it in messages on fields that must not change: a unified
 * diff without a header of their JSON with one space of indentation; empty when there is none.
 */
export function unifiedDiff(before: unknown, after: unknown): string {
  const [old, young] = [before, after].map(value => JSON.stringify(value, null, 1).split('\n'));
  if (!old || !young || isDeepStrictEqual(old, young)) return '';
  const edits = edit(old, young, matches(old, 0, old.length, young, 0, young.length));
  return hunks(edits)
    .map(hunk => hunkText(hunk, old, young))
    .join('');
}

interface Match {
  old: number;
  young: number;
  size: number;
}

/** Runs of equal lines, longest first and then the same on either side of it: as Python's difflib finds them. */
function matches(a: string[], aFrom: number, aTo: number, b: string[], bFrom: number, bTo: number): Match[] {
  const best = longestMatch(a, aFrom, aTo, b, bFrom, bTo);
  if (best.size === 0) return [];
  return [
    ...matches(a, aFrom, best.old, b, bFrom, best.young),
    best,
    ...matches(a, best.old + best.size, aTo, b, best.young + best.size, bTo),
  ];
}

function longestMatch(
  a: string[],
  aFrom: number,
  aTo: number,
  b: string[],
  bFrom: number,
  bTo: number,
): Match {
  let best: Match = {old: aFrom, young: bFrom, size: 0};
  /** How long the run is that ends at this line of `b`. */
  let lengths = new Map<number, number>();
  for (let i = aFrom; i < aTo; i++) {
    const next = new Map<number, number>();
    for (let j = bFrom; j < bTo; j++) {
      if (a[i] !== b[j]) continue;
      const size = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, size);
      if (size > best.size) best = {old: i - size + 1, young: j - size + 1, size};
    }
    lengths = next;
  }
  return best;
}

/** A stretch of lines [from, to) of both sides, equal or replaced. */
interface Edit {
  equal: boolean;
  old: [from: number, to: number];
  young: [from: number, to: number];
}

function edit(a: string[], b: string[], found: Match[]): Edit[] {
  const edits: Edit[] = [];
  let [i, j] = [0, 0];
  for (const {old, young, size} of [...found, {old: a.length, young: b.length, size: 0}]) {
    if (i < old || j < young) edits.push({equal: false, old: [i, old], young: [j, young]});
    [i, j] = [old + size, young + size];
    const last = edits.at(-1);
    if (size === 0) continue;
    if (last?.equal) [last.old[1], last.young[1]] = [i, j];
    else edits.push({equal: true, old: [old, i], young: [young, j]});
  }
  return edits;
}

/** The edits in groups, with a little of what is equal around each. */
function hunks(edits: Edit[]): Edit[][] {
  const groups: Edit[][] = [];
  let group: Edit[] = [];
  for (const [index, one] of edits.entries()) {
    if (!one.equal) group.push(one);
    else if (index === 0) group.push(lastLines(one));
    else if (index === edits.length - 1) group.push(firstLines(one));
    else if (one.old[1] - one.old[0] > 2 * context) {
      groups.push([...group, firstLines(one)]);
      group = [lastLines(one)];
    } else group.push(one);
  }
  return [...groups, group].filter(edited => edited.some(one => !one.equal));
}

const firstLines = ({old, young}: Edit): Edit => ({
  equal: true,
  old: [old[0], Math.min(old[1], old[0] + context)],
  young: [young[0], Math.min(young[1], young[0] + context)],
});

const lastLines = ({old, young}: Edit): Edit => ({
  equal: true,
  old: [Math.max(old[0], old[1] - context), old[1]],
  young: [Math.max(young[0], young[1] - context), young[1]],
});

function hunkText(edits: Edit[], old: string[], young: string[]): string {
  const lines = edits.flatMap(one =>
    one.equal
      ? old.slice(...one.old).map(line => ` ${line}`)
      : [
          ...old.slice(...one.old).map(line => `-${line}`),
          ...young.slice(...one.young).map(line => `+${line}`),
        ],
  );
  const [first, last] = [edits[0], edits.at(-1)];
  if (!first || !last) return '';
  const range = (side: 'old' | 'young') => `${first[side][0] + 1},${last[side][1] - first[side][0]}`;
  return `@@ -${range('old')} +${range('young')} @@\n${lines.join('\n')}\n`;
}
