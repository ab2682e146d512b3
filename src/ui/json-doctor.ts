import type {Report} from '../commands/view.ts';
import {exitCodes} from '../errors.ts';
import type {Finding} from '../preflight/finding.ts';
import {summaryOf} from '../preflight/summary.ts';
import {type Messages, sayFinding} from './messages/messages.ts';

type Line = Record<string, unknown>;

/** A line for each finding, and one that sums them up. */
export function doctorJson({place, findings}: Extract<Report, {type: 'doctor'}>, messages: Messages): Line[] {
  const {counts} = summaryOf(findings);
  const {provider, cluster} = place;
  return [
    ...findings.map(finding => findingJson(finding, messages)),
    {
      type: 'doctor',
      provider,
      cluster,
      ...counts,
      exit: counts.stop > 0 ? exitCodes.notReached : exitCodes.reached,
    },
  ];
}

export function findingJson(finding: Finding, messages: Messages): Line {
  const {check, state, code, facts, labs, mend, fix} = finding;
  const {what, why, next} = sayFinding(finding, messages);
  return {
    type: 'finding',
    ...{check, state, code, facts, message: what},
    ...(why ? {why} : {}),
    ...(next ? {next} : {}),
    ...{labs, mend, fixable: fix !== undefined},
  };
}
