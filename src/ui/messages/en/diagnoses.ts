import {kindNames, type ObjectRef} from '../../../world/object.ts';
import type {DiagnosisSentences} from '../sentences.ts';

const called = (object: ObjectRef | undefined) =>
  object ? `${kindNames[object.kind]} ${object.name}` : 'The object';

export const diagnoses: DiagnosisSentences = {
  'wrong-namespace': ({object, facts}) =>
    `${called(object)} is in the namespace "${facts.found}", not in "${facts.wanted}" (metadata.namespace). Delete it there and make it here.`,
  'wrong-name': ({object, facts}) =>
    `${called(object)} has another name than asked: metadata.name is ${facts.found}, wanted ${facts.wanted}.`,
  'scaled-replicaset': ({facts}) =>
    `ReplicaSet ${facts.replicaSet} was scaled (spec.replicas), but Deployment ${facts.deployment} owns it and set it back at once. Scale the Deployment.`,
  'scaled-elsewhere': ({object, facts}) =>
    `${called(object)} was scaled to ${facts.replicas} (spec.replicas); the step asks for ${facts.wanted}.`,
  'image-not-pulled': ({object, facts}) =>
    `${called(object)} waits for the image ${facts.image} of container ${facts.container} (${facts.reason}): the node cannot get it. Is spec.containers[].image right?`,
  'container-config': ({object, facts}) =>
    `${called(object)}: the container ${facts.container} cannot be made.`,
  unschedulable: ({object, facts}) =>
    ({
      selector: `${called(object)} stays Pending: no node fits ${facts.nodeSelector ? `its spec.nodeSelector ${facts.nodeSelector}` : 'its node affinity or anti-affinity (spec.affinity)'}.`,
      volume: `${called(object)} stays Pending: its volume is bound to a node where it may not run.`,
      cordoned: `${called(object)} stays Pending: every node that fits is cordoned or tainted (spec.taints of the node).`,
      resources: `${called(object)} stays Pending: no node has the CPU or memory it asks for (spec.containers[].resources.requests).`,
      other: `${called(object)} stays Pending: the scheduler finds no node for it.`,
    })[facts.reason],
  'mount-failed': ({object, facts}) =>
    `${called(object)} cannot start: ${facts.volume ? `its volume ${facts.volume}` : 'a volume'} (spec.volumes) cannot be mounted.`,
  'crash-loop': ({object, facts}) =>
    `${called(object)}: the container ${facts.container} ended with exit code ${facts.exitCode} (terminated.exitCode in its status)${facts.restarts > 0 ? ` and was restarted ${facts.restarts === 1 ? 'once' : `${facts.restarts} times`}` : ''}.`,
  'create-failed': ({object, facts}) =>
    `${called(object)} cannot make its Pods${facts.forbidden ? ': the namespace forbids Pods like these' : ''}.`,
  'service-without-endpoints': ({object, facts}) =>
    `${called(object)} has no endpoints: no ready Pod has the labels of its spec.selector (${facts.selector}).`,
  'object-gone': ({object}) =>
    `${called(object)} is gone (metadata.uid ${object?.uid ?? ''}), and this step needs that very one; a new one is another. "redo" sets the lab back to this step with a new one.`,
  'being-deleted': ({object, facts}) =>
    `${called(object)} is being deleted (metadata.deletionTimestamp)${facts.finalizers.length > 0 ? ` and held by ${facts.finalizers.join(', ')}` : ''}.`,
  late: ({facts}) =>
    `This has taken ${facts.seconds} seconds; usually it takes about ${facts.expected}. kubectl describe and kubectl get events may tell why.`,
  'wrong-answer': ({facts}) => `"${facts.answer}" is not what the cluster says.`,
  'nothing-to-look-at': ({facts}) =>
    ({
      log: 'There is no Pod whose log could tell: the one this needs is gone, or has not been restarted yet.',
      exec: 'There is no running Pod to ask.',
      files: 'The directory cannot be listed, or is empty.',
      object: 'The object that says what is right is not there, or does not say it yet.',
    })[facts.what],
  blind: () =>
    'The cluster does not answer, so nothing can be said of this step now. statelab keeps trying; you need not do anything.',
};
