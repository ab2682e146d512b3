import type {ObjectHistory, RecordedStep, Recording} from '../recording.ts';
import type {Step} from '../session.ts';
import {inOrder} from './lines.ts';
import {naming} from './names.ts';
import {withoutChance} from './patterns.ts';

/** A recording in which only what clusters did is left, so that two can be compared. Pure. */
export interface Normalised {
  steps: {run: string; exit: number; stdout: string; stderr: string; unsettled: string | undefined}[];
  /** Histories of objects with the same name, but for what was made up, lie together, in an order of their own. */
  objects: Map<string, string[]>;
}

/** @param steps the session's, for what they say is volatile */
export function normalise(recording: Recording, steps: readonly Step[]): Normalised {
  const names = naming(recording.nodes);
  const looks = (line: string) => names.kinds(withoutChance(line));
  const clean = (text: string, volatile: readonly RegExp[]): string =>
    names.numbered(withoutChance(inOrder(withoutVolatile(text, volatile), looks)));
  const cleanStep = ({run, exit, stdout, stderr, unsettled}: RecordedStep, index: number) => {
    const volatile = (steps[index]?.volatile ?? []).map(pattern => new RegExp(pattern, 'gm'));
    return {run, exit, stdout: clean(stdout, volatile), stderr: clean(stderr, volatile), unsettled};
  };
  return {steps: recording.steps.map(cleanStep), objects: groupByLooks(recording.objects, names.kinds)};
}

const withoutVolatile = (text: string, volatile: readonly RegExp[]): string =>
  volatile.reduce((rest, pattern) => rest.replace(pattern, '<volatile>'), text);

function groupByLooks(
  histories: readonly ObjectHistory[],
  looks: (text: string) => string,
): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const {object, states} of histories) {
    const key = looks(object);
    groups.set(key, [...(groups.get(key) ?? []), states.join('\n')].sort());
  }
  return groups;
}
