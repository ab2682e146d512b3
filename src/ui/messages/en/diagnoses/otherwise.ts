import {asArgument, type OtherwiseSentences} from '../../diagnosis-kit.ts';
import {called} from './called.ts';

export const otherwise: OtherwiseSentences = {
  'wrong-namespace': ({object, facts}) =>
    `${called(object)} is in the namespace "${facts.found}", not in "${facts.wanted}" (metadata.namespace). Delete it there and make it here.`,
  'wrong-name': ({object, facts}) =>
    `${called(object)} has another name than asked: metadata.name is ${facts.found}, wanted ${facts.wanted}.`,
  'wrong-kind': ({object, facts}) =>
    facts.madeBy
      ? `${called(object)} belongs to ${facts.madeBy} (metadata.ownerReferences); the step asks for a ${facts.wanted} of its own, without a workload above it. Delete what you made, and make the ${facts.wanted}.`
      : `${called(object)} has the right name, but the step asks for a ${facts.wanted} (kind). Delete it and make the ${facts.wanted}.`,
  'wrong-field': ({object, path, facts: {found, wanted, not, has, fixed}}) =>
    [
      `${called(object)}: ${path} is ${found === undefined ? 'not set' : found}${not === undefined ? (wanted === undefined ? ', and has to be' : `, wanted ${wanted}`) : `, and the step wants another than ${not}`}.`,
      ...(has ? [`There is: ${has.join(', ')}.`] : []),
      ...(fixed
        ? ['This field of an existing object cannot be changed: delete the object, then apply it again.']
        : []),
    ].join(' '),
  'scaled-replicaset': ({facts}) =>
    `ReplicaSet ${facts.replicaSet} was scaled (spec.replicas), but Deployment ${facts.deployment} owns it and set it back at once. Scale the Deployment.`,
  'scaled-elsewhere': ({object, facts}) =>
    `${called(object)} was scaled to ${facts.replicas} (spec.replicas); the step asks that of ${facts.wanted}. Scale this one back, and that one instead.`,
  'scaled-away': ({object, facts}) =>
    `${called(object)} was scaled from ${facts.before} to ${facts.replicas} (spec.replicas), so that the Pod this step needs is no longer made${object ? `. Scale back: kubectl scale --replicas ${facts.before} ${asArgument(object)}` : '.'}`,
  'scaled-not-deleted': ({object}) =>
    `${called(object)} was scaled to 0 (spec.replicas), which takes its Pods away but leaves it there. The step wants it deleted${object ? `: kubectl delete ${asArgument(object)}` : ''}.`,
  'made-again': ({object, facts}) =>
    `A Pod was deleted, and ${facts.owner} made ${called(object)} in its place, because it owns it (metadata.ownerReferences). Delete or scale ${facts.owner}, not its Pods.`,
  'deleted-meanwhile': ({object}) =>
    `${called(object)} was deleted, and this step needs it. Make it again with the manifest you made it from.`,
  'rollout-paused': ({object}) =>
    `${called(object)} is paused (spec.paused), so its change reaches no Pod${object ? `: kubectl rollout resume ${asArgument(object)}` : ''}.`,
  'rollout-stuck': ({object, facts}) =>
    `${called(object)} still has the old template of StatefulSet ${facts.workload} (metadata.labels[controller-revision-hash]) and never gets ready; the StatefulSet waits for that before it goes on. Delete the Pod: the next one gets the new template.`,
};
