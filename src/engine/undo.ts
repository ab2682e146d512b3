import {type Lab, namespaceOf} from '../lab/lab.ts';
import type {Undo} from '../world/baseline.ts';
import {isReady} from '../world/node.ts';
import {ifAllowed} from './if-allowed.ts';
import type {Cluster} from './ports.ts';

/** How long a node may take to come back, or a provisioner to clear a volume away, in milliseconds. */
const patience = 90_000;

/**
 * Does one thing of a plan. What takes too long is given up without a word: the next plan has it again.
 * @throws ExpectedError `forbidden`, `node-operations-off` where the cluster is not ours
 */
export async function undo(
  cluster: Cluster,
  lab: Pick<Lab, 'id'>,
  step: Undo,
  signal: AbortSignal,
): Promise<void> {
  const {api, nodes} = cluster;
  switch (step.type) {
    case 'start-node':
      await nodes.start(step.node, signal);
      return inTime(limited => api.nodeReady(step.node, limited), signal);
    case 'register-node':
      // It registers itself when it starts.
      await nodes.stop(step.node, signal);
      await nodes.start(step.node, signal);
      return inTime(limited => api.nodeReady(step.node, limited), signal);
    case 'await-node':
      return inTime(limited => api.nodeReady(step.node, limited), signal);
    case 'uncordon':
    case 'cordon':
      return api.setSchedulable(step.node, step.type === 'uncordon', signal);
    case 'labels':
      return api.patchNode(step.node, {labels: step.labels}, signal);
    case 'annotations':
      return api.patchNode(step.node, {annotations: step.annotations}, signal);
    case 'taints':
      return api.patchNode(step.node, {taints: step.taints}, signal);
    case 'delete-object':
      return inTime(limited => api.deleteObject(step.kind, step.namespace, step.name, limited), signal);
    case 'delete-namespace':
      await abandonLostPods(cluster, step.namespace, signal);
      return api.deleteNamespace(step.namespace, signal);
    case 'clear-namespace':
      await abandonLostPods(cluster, step.namespace, signal);
      return inTime(limited => api.clearNamespace(step.namespace, limited), signal);
    case 'release-volume':
      return inTime(limited => api.releasePersistentVolume(step.name, limited), signal);
    case 'delete-volume':
      return inTime(limited => api.deletePersistentVolume(step.name, limited), signal);
    case 'remove-directory':
      return nodes.removeDirectory(step.node, step.path, namespaceOf(lab), signal);
  }
}

/** A Pod on a node that does not answer cannot end, and would keep its namespace for ever. */
async function abandonLostPods({api}: Cluster, namespace: string, signal: AbortSignal): Promise<void> {
  const nodes = await ifAllowed(api.nodes(signal));
  if (nodes?.some(node => !isReady(node))) {
    const answering = nodes.filter(isReady).map(({metadata}) => metadata.name);
    await ifAllowed(api.abandonPods(namespace, answering, signal));
  }
}

async function inTime(wait: (limited: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.timeout(patience);
  try {
    await wait(AbortSignal.any([signal, limit]));
  } catch (error) {
    if (!limit.aborted || signal.aborted) throw error;
  }
}
