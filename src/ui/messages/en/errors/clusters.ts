import type {ErrorSentences} from '../../sentences.ts';

export const clusters = {
  'cluster-missing': ({cluster, provider}) => ({
    what: `There is no ${provider} cluster "${cluster}".`,
    next: 'statelab cluster up makes one; statelab cluster list shows those there are.',
  }),
  'cluster-lost': ({cluster, detail}) => ({
    what: `The cluster "${cluster}" is gone: it was deleted while the lab was running (${detail}).`,
    next: 'Your progress is kept. statelab run makes a new cluster and brings it to the step you were at.',
  }),
  'cluster-stopped': ({cluster, provider}) => ({
    what: `The ${provider} cluster "${cluster}" is stopped.`,
    next: 'statelab cluster up starts it.',
  }),
  'cluster-unreachable': ({cluster, provider, detail}) => ({
    what: `The ${provider} cluster "${cluster}" runs, but its API server does not answer: ${detail}`,
    next: 'It may still be starting: statelab cluster up waits until it answers. If it stays silent, statelab doctor looks further.',
  }),
  'cluster-taken': ({cluster, provider}) => ({
    what: `There is a ${provider} cluster "${cluster}" already, and statelab did not make it, so it is left alone.`,
    next: 'Choose another name with --cluster, or use it as it is with --provider context.',
  }),
  'cluster-busy': ({cluster, doing, pid}) => ({
    what: `The cluster "${cluster}" is being ${{create: 'made', start: 'started', delete: 'deleted'}[doing]} by another process (${pid}).`,
    next: `Wait until it is through and try again. If it hangs, end it first; statelab goes on where it stopped. If there is no such process (it was one of another machine, or of this one under another name): statelab cluster down --cluster ${cluster}.`,
  }),
  'cluster-unready': ({cluster, waiting}) => ({
    what: `The cluster "${cluster}" is there, but after three minutes this is not ready: ${waiting.join(', ')}.`,
    next: 'kubectl get pods -A and kubectl describe say why; without a network it may be that images cannot be pulled. statelab run works with it as it is, statelab cluster down deletes it.',
  }),
  'cluster-name': ({cluster, limit}) => ({
    what: `"${cluster}" cannot be the name of a cluster.`,
    next: `Use at most ${limit} small letters, digits and hyphens, with no hyphen at either end.`,
  }),
  'cluster-differs': ({cluster, provider, option}) => ({
    what: `The ${provider} cluster "${cluster}" is there already, made with ${option}, and keeps that.`,
    next: `Choose another name with --cluster, or delete this one first: statelab cluster down --provider ${provider} --cluster ${cluster}.`,
  }),
  'sandbox-failed': ({cluster, detail}) => ({
    what: `The sandbox "${cluster}" does not start: ${detail}`,
    next: `If it cannot be mended, statelab cluster down --provider sandbox --cluster ${cluster} deletes it, and statelab run makes a new one; your progress is kept.`,
  }),
  'cluster-failed': ({cluster, doing, detail}) => ({
    what: `The cluster "${cluster}" failed to ${doing}: ${detail}`,
    next: `${doing === 'create' ? 'What was half made has been removed. ' : ''}Try again; docker ps --all shows what is on this machine.`,
  }),
  'node-unknown': ({node, known}) => ({
    what: `The cluster has no node "${node}".`,
    next: `Its nodes are ${known.join(', ')}.`,
  }),
  'node-stopped': ({node}) => ({
    what: `The node ${node} is stopped, so nothing can run on it.`,
    next: `statelab node start ${node} starts it.`,
  }),
  'node-operations-off': ({provider, withheld}) => ({
    what: withheld
      ? 'Nodes of a cluster that statelab did not make are not stopped, started or entered unless you allow it: Pods of others run on them.'
      : `The provider ${provider} cannot stop, start or enter nodes: the cluster is not statelab's.`,
    next: withheld
      ? 'If all who use the cluster agree, add --allow-node-operations.'
      : 'Use a cluster of your own for that: statelab cluster up --provider k3d.',
  }),
} satisfies Partial<ErrorSentences>;
