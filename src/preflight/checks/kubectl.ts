import type {Check} from '../check.ts';
import type {Finding} from '../finding.ts';
import {ok, stop, warn} from '../finding.ts';
import {everyLab} from '../place.ts';

/** Is there a kubectl, and does it run, and does it go with the cluster? One that is missing is fetched when a lab starts, where that is possible. */
export const kubectl: Check = facts => {
  if (!facts.kubectl) return [];
  const {version, broken, fetchable, skew} = facts.kubectl;
  const labs = everyLab(facts);
  if (broken !== undefined) return [stop('kubectl', 'kubectl-broken', {detail: broken}, {labs})];
  if (version === undefined) return [missing(fetchable, labs)];
  return skew
    ? [stop('kubectl', 'kubectl-skew', {version, ...skew}, {labs})]
    : [ok('kubectl', 'kubectl-there', {version})];
};

const missing = (fetchable: boolean, labs: string[]): Finding =>
  fetchable
    ? warn(
        'kubectl',
        'kubectl-missing',
        {fetchable},
        {labs, fix: 'fetch-kubectl', mend: ['statelab doctor --fix']},
      )
    : stop('kubectl', 'kubectl-missing', {fetchable}, {labs});
