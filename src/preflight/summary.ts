import {type CheckGroup, type CheckId, checkGroups, type Finding, type FindingState} from './finding.ts';

export const groupOf = (check: CheckId): CheckGroup =>
  (Object.keys(checkGroups) as CheckGroup[]).find(group =>
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
  // Which labs are concerned is only what comes of the others.
  const causes = findings.filter(({check}) => check !== 'labs');
  const worst = (of: readonly Finding[]) =>
    of.find(({state}) => state === 'stop') ?? of.find(({state}) => state === 'warn');
  const first = worst(causes) ?? worst(findings);
  return {
    counts: {ok: count('ok'), warn: count('warn'), stop: count('stop')},
    ...(first ? {first} : {}),
  };
}
