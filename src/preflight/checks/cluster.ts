import type {Check} from '../check.ts';
import {ok, stop, warn} from '../finding.ts';
import {everyLab, revive, statelab} from '../place.ts';

/** Is the cluster there, does it answer, and is it the one that labs were begun on? */
export const cluster: Check = facts => {
  const {cluster: found, place} = facts;
  if (!found) return [];
  const {provider, cluster} = place;
  const where = {provider, cluster};
  const labs = everyLab(facts);
  switch (found.state) {
    case 'none':
      return [ok('cluster', 'cluster-none', where)];
    case 'stopped':
      return [
        warn('cluster', 'cluster-stopped', where, {
          labs,
          fix: 'start-cluster',
          mend: [statelab('cluster up', place)],
        }),
      ];
    case 'foreign':
      return [stop('cluster', 'cluster-foreign', where, {labs})];
    case 'refused': {
      const {code, facts: about} = found.error;
      return [stop('cluster', 'cluster-refuses', {...where, error: {code, facts: about}}, {labs})];
    }
    case 'unreachable':
      return [
        stop('cluster', 'cluster-unreachable', {...where, detail: found.detail}, {labs, mend: revive(facts)}),
      ];
    case 'up': {
      const {version, begunElsewhere} = found;
      return [
        ok('cluster', 'cluster-up', {...where, version}),
        ...(begunElsewhere.length > 0
          ? [warn('cluster', 'cluster-changed', {cluster}, {labs: begunElsewhere})]
          : []),
      ];
    }
  }
};
