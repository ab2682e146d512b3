import type {ObjectHistory, RecordedStep, Recording} from '../recording.ts';
import type {Session} from '../session.ts';
import {inOrder} from './lines.ts';
import {naming} from './names.ts';
import {withoutChance} from './patterns.ts';
import {turningPoints} from './turning-points.ts';

/** A recording in which only what clusters did is left, so that two can be compared. Pure. */
export interface Normalised {
  steps: {run: string; exit: number; stdout: string; stderr: string; unsettled: string | undefined}[];
  /** Histories of objects with the same name, but for what was made up, lie together, in an order of their own. */
  objects: Map<string, string[]>;
}

/** @param session says what of it is left to chance */
export function normalise(recording: Recording, {steps, brief = []}: Session): Normalised {
  const names = naming(recording.nodes);
  const looks = (line: string) => names.kinds(withoutChance(line));
  const clean = (text: string, volatile: readonly RegExp[]): string =>
    // The second time those that look alike get in order, by their numbers.
    inOrder(names.numbered(withoutChance(inOrder(withoutVolatile(text, volatile), looks))), line => line);
  const cleanStep = ({run, exit, stdout, stderr, unsettled}: RecordedStep, index: number) => {
    const volatile = (steps[index]?.volatile ?? []).map(pattern => new RegExp(pattern, 'gm'));
    const lines = (text: string) => (steps[index]?.unordered ? text.split('\n').sort().join('\n') : text);
    return {run, exit, stdout: lines(clean(stdout, volatile)), stderr: clean(stderr, volatile), unsettled};
  };
  const histories = recording.objects.map(history => lasting(history, brief));
  return {steps: recording.steps.map(cleanStep), objects: groupByLooks(histories, names.kinds)};
}

/** Leaves out states on the way: of containers that hardly run, and counts between one and another. */
function lasting({object, states}: ObjectHistory, brief: readonly string[]): ObjectHistory {
  const patterns = [
    // The kubelet tells that a container of a Pod on its way out has ended, or only that the Pod has.
    /^Running .*\[\S+ (Completed|Error)\(.* deleting$/,
    ...brief.map(
      name => new RegExp(`\\[${name} running|^(Pending|Running) .*\\[${name} (Completed|Error)\\(`),
    ),
  ];
  const seen = states.filter(state => !patterns.some(pattern => pattern.test(state)));
  // What was told apart by a state that was left out may now be told twice.
  return {
    object,
    states: turningPoints(
      object,
      seen.filter((state, index) => state !== seen[index - 1]),
    ),
  };
}

/** What takes whole lines leaves nothing behind: how many there are is as volatile. */
const withoutVolatile = (text: string, volatile: readonly RegExp[]): string =>
  volatile.reduce(
    (rest, pattern) => rest.replace(pattern, found => (found.endsWith('\n') ? '' : '<volatile>')),
    text,
  );

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
