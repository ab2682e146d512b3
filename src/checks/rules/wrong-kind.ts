import type {WatchKind} from '../../lab/schema.ts';
import {kindNames, refOf} from '../../world/object.ts';
import {inLab} from '../select.ts';
import {bornAt, type Rule} from './rule.ts';

const workloads: readonly WatchKind[] = [
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'replicasets.apps',
  'pods',
];

/** An object of the name that is asked for is there, but it is one of another kind. */
export const wrongKind: Rule = ({milestone, mismatches, scene, since}) => {
  const {kind, name} = milestone.object ?? {};
  const missing = mismatches.some(({type}) => type === 'missing');
  if (!kind || name === undefined || !missing || !workloads.includes(kind)) return undefined;
  for (const other of workloads) {
    if (other === kind) continue;
    const object = inLab({kind: other, name}, scene).find(
      one => (one.metadata.ownerReferences ?? []).length === 0 && bornAt(one, scene) > since,
    );
    if (!object) continue;
    return {
      code: 'wrong-kind',
      facts: {wanted: kindNames[kind]},
      object: refOf(other, object),
      path: 'kind',
      verdict: 'off-track',
    };
  }
  return undefined;
};
