import {checks} from './checks/index.ts';
import type {Facts} from './facts.ts';
import {type CheckId, checkGroups, checkIds, type Finding, type FindingState} from './finding.ts';

/** Judges all that is known. Pure; the order is that of `checkGroups`. */
export const examine = (facts: Facts): Finding[] => checkIds.flatMap(id => [...checks[id](facts)]);

/**
 * The same, shortened: what can stop a cluster from being made, or warns of it. What shows by itself as soon as the
 * cluster is there is left to where it shows.
 */
export const examineBefore = (facts: Facts): Finding[] =>
  beforeStart
    .flatMap(id => [...checks[id](facts)])
    .filter(one => one.state === 'stop' || (one.state === 'warn' && !isDoubt(one)));

const beforeStart = [
  'cgroup',
  'disk',
  'memory',
  'inotify',
  'architecture',
  'proxy',
] as const satisfies CheckId[];

/** Whoever chose an image of their own is not told each time what it would have to be built for. */
const isDoubt = ({code}: Finding) => code === 'cgroup-1';

export const groupOf = (check: CheckId): keyof typeof checkGroups =>
  (Object.keys(checkGroups) as (keyof typeof checkGroups)[]).find(group =>
    (checkGroups[group] as readonly CheckId[]).includes(check),
  ) ?? 'machine';

/** How many there are of each, and the worst: the one to begin with. */
export interface Summary {
  counts: Record<FindingState, number>;
  /** The first that stops, else the first that warns. */
  first?: Finding;
}

export function summaryOf(findings: readonly Finding[]): Summary {
  const count = (state: FindingState) => findings.filter(one => one.state === state).length;
  const first = findings.find(({state}) => state === 'stop') ?? findings.find(({state}) => state === 'warn');
  return {
    counts: {ok: count('ok'), warn: count('warn'), stop: count('stop')},
    ...(first ? {first} : {}),
  };
}
