import {asArgument, type StatefulSetSentences} from '../../diagnosis-kit.ts';
import {all, called} from './called.ts';

export const statefulSets: StatefulSetSentences = {
  'update-held': ({object, facts}) =>
    facts.partition === undefined
      ? `${called(object)} keeps ${all(facts.pods)} on the old template: with the update strategy OnDelete (spec.updateStrategy.type) a Pod gets the new one only when somebody deletes it. Set the type to RollingUpdate.`
      : `${called(object)} keeps ${all(facts.pods)} on the old template: spec.updateStrategy.rollingUpdate.partition is ${facts.partition}, so only Pods from that number on get the new one. Set it to 0.`,
  orphaned: ({object, facts}) =>
    `${called(object)} goes on by itself: ${facts.owner}, which owned it (metadata.ownerReferences), was deleted without its Pods (--cascade=orphan). Delete the Pod, too${object ? `: kubectl delete ${asArgument(object)}` : ''}.`,
  'outside-template': ({object, facts}) =>
    `The ${facts.what} of ${called(object)} itself were changed (metadata.${facts.what}). ${facts.workload} makes new Pods only when its template changes: what stands in spec.template.`,
  'retention-too-late': ({object, facts}) =>
    `${called(object)} stays: whenScaled acts when a Pod is taken away, and ${facts.pod} was gone already when the policy came, so nobody owns the claim (metadata.ownerReferences). Scale StatefulSet ${facts.workload} to ${facts.replicas} or more, wait until ${facts.pod} is ready, and scale down again.`,
};
