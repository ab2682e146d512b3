import type {ClusterInfo} from '../engine/ports.ts';
import {ExpectedError} from '../errors.ts';
import {examineBefore} from '../preflight/before.ts';
import type {Facts, Place} from '../preflight/facts.ts';
import {summaryOf} from '../preflight/summary.ts';
import type {App} from './app.ts';
import {gatherMachine} from './gather-machine.ts';

/** Begins to look at the machine, while others look for the cluster. */
export function lookAhead(app: App, place: Place): Promise<Facts> {
  const looking = gatherMachine(app, place, []);
  looking.catch(() => {}); // whoever awaits it gets the error
  return looking;
}

/**
 * Says what will go wrong, and nothing when all is well.
 * @param found the cluster of that name, if there is one
 * @throws ExpectedError `not-ready` where it would not come up, or labs could not write their progress
 */
export async function preflight(
  app: App,
  facts: Facts,
  found: Pick<ClusterInfo, 'running'> | undefined,
): Promise<void> {
  const findings = examineBefore({...facts, toStart: !found?.running});
  if (findings.length > 0) app.view.report({type: 'preflight', findings});
  if (summaryOf(findings).counts.stop === 0) return;
  const {provider, cluster} = facts.place;
  throw new ExpectedError('not-ready', {provider, cluster});
}
