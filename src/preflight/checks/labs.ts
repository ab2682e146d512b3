import {labOn, whySkipped} from '../../engine/needs.ts';
import {type Lab, namespaceOf} from '../../lab/lab.ts';
import {type Capabilities, unmetNeed} from '../../lab/needs.ts';
import type {Check} from '../check.ts';
import type {ClusterUp} from '../facts.ts';
import {ok, stop, warn} from '../finding.ts';

/** Which labs go on this cluster, and which only in part? */
export const labs: Check = ({cluster, labs}) => {
  if (cluster?.state !== 'up') return [];
  const that = (wanted: Outcome) =>
    labs.filter(lab => outcome(lab, capabilitiesFor(lab, cluster)) === wanted).map(({id}) => id);
  const [refused, shortened] = [that('refused'), that('shortened')];
  if (refused.length + shortened.length === 0) return [ok('labs', 'labs-whole', {labs: labs.length})];
  const bad = refused.length === labs.length ? stop : warn;
  return [bad('labs', 'labs-in-part', {refused, shortened}, {labs: [...refused, ...shortened]})];
};

type Outcome = 'whole' | 'shortened' | 'refused';

function outcome(lab: Lab, cluster: Capabilities): Outcome {
  if (unmetNeed(lab.needs, cluster)) return 'refused';
  const reasons = labOn(lab, cluster).steps.flatMap(step => whySkipped(step, cluster) ?? []);
  return reasons.some(reason => !haveTwins.has(reason)) ? 'shortened' : 'whole';
}

/** Steps for one kind of cluster have another in their place for the other kind: to leave one out loses nothing. */
const haveTwins: ReadonlySet<string> = new Set(['needs-binding-mode', 'needs-volumes']);

/** What a namespace says of its own lab counts more than what others say of theirs. */
function capabilitiesFor(lab: Lab, {capabilities, refusingHostPath}: ClusterUp): Capabilities {
  const own = refusingHostPath.some(({namespace}) => namespace === namespaceOf(lab));
  return own ? {...capabilities, hostPath: false} : capabilities;
}
