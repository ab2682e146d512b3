import type {Need} from '../../lab/needs.ts';
import type {Check} from '../check.ts';
import {type Finding, ok, warn} from '../finding.ts';
import {labsNeeding} from '../needing.ts';
import {statelab} from '../place.ts';

/** May nodes be stopped, drained and labelled, and volumes be made by hand? */
export const rights: Check = facts => {
  const {cluster, place} = facts;
  if (cluster?.state !== 'up') return [];
  const {nodeOperations, withheld = {}} = cluster.capabilities;
  const because = (why: 'unasked' | 'forbidden') =>
    (Object.keys(withheld) as Need[]).filter(need => withheld[need] === why);
  const [unasked, forbidden] = [because('unasked'), because('forbidden')];
  const found: Finding[] = [];
  if (unasked.length > 0)
    found.push(
      warn(
        'rights',
        'rights-unasked',
        {needs: unasked},
        {labs: labsNeeding(facts, ...unasked), mend: [`${statelab('run', place)} --allow-node-operations`]},
      ),
    );
  if (forbidden.length > 0)
    found.push(
      warn('rights', 'rights-forbidden', {needs: forbidden}, {labs: labsNeeding(facts, ...forbidden)}),
    );
  if (!nodeOperations && withheld.nodeOperations === undefined) {
    const labs = labsNeeding(facts, 'nodeOperations');
    found.push(warn('rights', 'node-operations-off', {provider: place.provider}, {labs}));
  }
  return found.length > 0 ? found : [ok('rights', 'rights-all', {})];
};
