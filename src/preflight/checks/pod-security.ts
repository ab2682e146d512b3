import {namespaceOf} from '../../lab/lab.ts';
import type {Check} from '../check.ts';
import type {Facts} from '../facts.ts';
import {type Finding, ok, warn} from '../finding.ts';
import {labsNeeding} from '../needing.ts';
import {kubectlAt} from '../place.ts';

/** May Pods mount directories of their node? Pod Security and other admission is by namespace. */
export const podSecurity: Check = facts => {
  const {cluster} = facts;
  if (cluster?.state !== 'up') return [];
  const refused = cluster.refusingHostPath.flatMap(one => refusal(one, facts));
  return refused.length > 0 ? refused : [ok('pod-security', 'host-path-admitted', {})];
};

function refusal({namespace, level}: {namespace: string; level?: string}, facts: Facts): Finding[] {
  const its = facts.labs.filter(lab => namespaceOf(lab) === namespace);
  // A namespace that is no lab's shows how the labs' will be, once they are made.
  const labs = labsNeeding({labs: its.length > 0 ? its : facts.labs}, 'hostPath', 'sharedDirectory');
  // A label on a lab's own namespace is the learner's; how others are guarded is for whoever runs the cluster.
  const mend =
    its.length > 0 && level !== undefined
      ? [kubectlAt(facts, `label namespace ${namespace} pod-security.kubernetes.io/enforce-`)]
      : [];
  return [
    warn(
      'pod-security',
      'host-path-refused',
      {namespace, ...(level === undefined ? {} : {level})},
      {labs, mend},
    ),
  ];
}
