import type {NodeSentences} from '../../diagnosis-kit.ts';
import {all, called} from './called.ts';

const why = {
  volume: ', and its volume is on no other',
  selector: ', and its spec.nodeSelector allows no other',
};

export const nodes: NodeSentences = {
  unschedulable: ({object, facts}) =>
    ({
      selector: `${called(object)} stays Pending: no node fits ${facts.nodeSelector ? `its spec.nodeSelector ${facts.nodeSelector}` : 'its node affinity or anti-affinity (spec.affinity)'}.${facts.nodesHave ? ` The nodes have ${all(facts.nodesHave)}.` : ''}`,
      volume: `${called(object)} stays Pending: its volume is bound to a node where it may not run.`,
      cordoned: `${called(object)} stays Pending: every node that fits is cordoned or tainted (spec.taints of the node).`,
      resources: `${called(object)} stays Pending: no node has the CPU or memory it asks for (spec.containers[].resources.requests).`,
      other: `${called(object)} stays Pending: the scheduler finds no node for it.`,
    })[facts.reason] +
    (facts.cordoned
      ? ' Other nodes are cordoned: kubectl get nodes shows which, kubectl uncordon NODE opens one again.'
      : ''),
  'node-cordoned': ({object, facts}) =>
    `${called(object)} stays Pending: ${all(facts.nodes)} ${facts.nodes.length === 1 ? 'is' : 'are'} cordoned (spec.unschedulable)${facts.pinned ? why[facts.pinned] : ''}. kubectl uncordon ${facts.nodes.join(' ')} lets Pods go there again.`,
  'node-tainted': ({object, facts}) =>
    `${called(object)} stays Pending: node ${facts.node} has the taint ${facts.taint} (spec.taints), which the Pod does not tolerate${facts.pinned ? why[facts.pinned] : ''}. To take it away: kubectl taint node ${facts.node} ${facts.taint}-`,
  'node-lost': ({object, facts}) =>
    `${called(object)} is tied to node ${facts.node} (spec.nodeName), which does not answer (NotReady)${facts.terminating ? '; it stays Terminating, because only that node can confirm that it ended' : '; nothing starts or ends there'}. Start the node again: statelab node start ${facts.node}`,
  'not-forced': ({object, facts}) =>
    `${called(object)} is to be deleted (metadata.deletionTimestamp) and stays Terminating: kubectl delete without --force waits until its node confirms that it ended, and ${facts.node} does not answer. To take it out of the API without that: kubectl delete pod ${object?.name ?? ''} --force --grace-period=0`,
  'wrong-node': ({facts}) =>
    `Node ${facts.found} was ${facts.change}, but the step means ${all(facts.wanted)}.${
      {
        cordoned: ` Take it back: kubectl uncordon ${facts.found}`,
        uncordoned: '',
        tainted: ` Take the taint back from ${facts.found}.`,
        stopped: ` Start it again: statelab node start ${facts.found}`,
        deleted: ' "redo" brings it back.',
      }[facts.change]
    }`,
  'node-running': ({object, facts: {node, did}}) =>
    `${
      {
        cordoned: `${called(object)} was cordoned (spec.unschedulable), which only keeps new Pods away`,
        tainted: `${called(object)} was tainted (spec.taints), which its kubelet knows nothing of`,
        emptied: `Pods of ${called(object)} were deleted, and whoever owns them makes new ones`,
        deleted: `${called(object)} was deleted (metadata.uid), but this is only the object that stands for the machine`,
      }[did]
    }: the machine runs on, and so do its containers. ${
      did === 'deleted'
        ? `Bring the Node back first, by a restart of the machine: statelab node stop ${node}, statelab node start ${node}`
        : `To switch it off: statelab node stop ${node}`
    }`,
  'not-evicted': ({object, facts}) =>
    `${called(object)} was deleted, not evicted (an eviction leaves a mark, status.conditions[type=DisruptionTarget]): kubectl delete pod asks nobody, kubectl drain asks for an eviction. Wait until there is a Pod ${facts.pod} that runs, uncordoning its node if need be, then drain that node.`,
  'budget-without-pods': ({object, facts}) =>
    `${called(object)} protects nothing: no Pod has the labels of its spec.selector (${facts.selector}).${facts.nearest ? ` Pod ${facts.nearest.pod} has ${facts.nearest.labels}.` : ''}`,
  'budget-allows': ({object, facts}) =>
    `${called(object)} allows ${facts.allowed} ${facts.allowed === 1 ? 'eviction' : 'evictions'} (status.disruptionsAllowed), and is to allow none. minAvailable has to be as many as there are Pods, or maxUnavailable 0.`,
  'not-drained': ({object, facts: {node, pod, because, budget = '', blocker = ''}}) => {
    const drain = `kubectl drain ${node} --ignore-daemonsets`;
    const why = {
      budget: `PodDisruptionBudget ${budget} allows no eviction now. Change or delete it, or give it one Pod more.`,
      unmanaged: `Pod ${blocker} there has no controller that would make it again, so drain refuses all. ${drain} --force deletes it with the rest.`,
      'local-data': `Pod ${blocker} there has files in an emptyDir, which would be lost, so drain refuses all. ${drain} --delete-emptydir-data evicts it with the rest.`,
      'cordon-only': `a cordon keeps new Pods away and moves none. ${drain} evicts them.`,
    };
    return `${called(object)} is cordoned (spec.unschedulable), but Pod ${pod} is still there: ${why[because]}`;
  },
  'not-cordoned': ({object, facts: {did, key}}) =>
    `${called(object)} was ${did}, but not cordoned: spec.unschedulable is not set. ${
      did === 'tainted'
        ? `Take the taint back (kubectl taint node ${object?.name ?? ''} ${key}-)`
        : `A label says nothing to the scheduler. Take it back (kubectl label node ${object?.name ?? ''} ${key}-)`
    }, then: kubectl cordon ${object?.name ?? ''}`,
};
