import {ExpectedError} from '../errors.ts';
import {type Lab, namespaceOf, nodeDirectoryOf} from '../lab/lab.ts';
import {type Baseline, nodeBaseline, type Present, planRestore, type Undo} from '../world/baseline.ts';
import {labVolumes} from '../world/lab-volumes.ts';
import {isReady} from '../world/node.ts';
import type {KubeObject} from '../world/object.ts';
import {ifAllowed} from './if-allowed.ts';
import {sharedDirectoryOf} from './place.ts';
import type {Cluster} from './ports.ts';

/** What of a foreign cluster may not be looked at, so that nobody knows what was left there. */
export type Unseen = 'nodes' | 'persistentvolumes';

export interface RestorePlan {
  /** In their order. None at all proves that nothing was left. */
  steps: Undo[];
  unseen: Unseen[];
}

/** The nodes as they are: what a run takes as its baseline. There are none where nobody may look at them. */
export async function nodesNow(cluster: Cluster, signal: AbortSignal): Promise<Baseline> {
  const {nodes} = await presentOf(cluster, signal);
  return {nodes};
}

/** What a lab left behind in the cluster, as a plan to undo it. */
export async function restorePlan(
  cluster: Cluster,
  lab: Lab,
  baseline: Baseline,
  signal: AbortSignal,
): Promise<RestorePlan> {
  const now = await presentOf(cluster, signal);
  const volumes = await ifAllowed(cluster.api.persistentVolumes(signal));
  const name = namespaceOf(lab);
  const namespace = await cluster.api.namespace(name, signal);
  const ours = namespace?.metadata.labels?.['statelab.dev/lab'] === lab.id;
  const {sharedMount} = cluster;
  const paths = [
    nodeDirectoryOf(lab),
    ...(sharedMount === undefined ? [] : [sharedDirectoryOf(lab, sharedMount)]),
  ];
  const steps = planRestore(baseline, now, {
    ...(ours ? {namespace: name} : {}),
    volumes: labVolumes(lab, paths, volumes ?? []),
    directories: ours || ownsNodes(cluster) ? await directoriesOf(cluster, lab, now, signal) : [],
  });
  return {steps, unseen: [...now.unseen, ...(volumes ? [] : (['persistentvolumes'] as const))]};
}

/** How long a node may take to come back, or a provisioner to clear a volume away, in milliseconds. */
const patience = 90_000;

/**
 * Does one thing of a plan. What takes too long is given up without a word: the next plan has it again.
 * @throws ExpectedError `forbidden`, `node-operations-off` where the cluster is not ours
 */
export async function undo(cluster: Cluster, lab: Lab, step: Undo, signal: AbortSignal): Promise<void> {
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
    case 'taints':
      return api.patchNode(step.node, {taints: step.taints}, signal);
    case 'delete-namespace':
      return deleteNamespace(cluster, step.namespace, signal);
    case 'release-volume':
      return inTime(limited => api.releasePersistentVolume(step.name, limited), signal);
    case 'delete-volume':
      return inTime(limited => api.deletePersistentVolume(step.name, limited), signal);
    case 'remove-directory':
      return nodes.removeDirectory(step.node, step.path, namespaceOf(lab), signal);
  }
}

/** @throws ExpectedError `reset-incomplete` when something of the plan is left after it was carried out */
export function proveRestored({steps}: RestorePlan): void {
  if (steps.length > 0) throw new ExpectedError('reset-incomplete', {left: steps.map(sayUndo)});
}

function sayUndo(step: Undo): string {
  switch (step.type) {
    case 'delete-namespace':
      return `namespace ${step.namespace}`;
    case 'remove-directory':
      return `${step.path} on ${step.node}`;
    case 'release-volume':
    case 'delete-volume':
      return `PersistentVolume ${step.name}${step.claim === undefined ? '' : ` (claimed by ${step.claim})`}`;
    default:
      return `node ${step.node} (${step.type})`;
  }
}

/** Nodes of a cluster that is not ours can only be looked into by a Pod on them, in the lab's namespace. */
const ownsNodes = (cluster: Cluster) => cluster.provider !== 'context';

async function presentOf(cluster: Cluster, signal: AbortSignal): Promise<Present & {unseen: Unseen[]}> {
  const seen = await ifAllowed(Promise.all([cluster.api.nodes(signal), cluster.nodes.list(signal)]));
  if (!seen) return {nodes: [], notReady: [], unregistered: [], unseen: ['nodes']};
  const [objects, infos] = seen;
  const running = new Map(infos.map(info => [info.name, info.running]));
  const names = objects.map(nameOf);
  return {
    nodes: objects.map(node => nodeBaseline(node, running.get(nameOf(node)) ?? true)),
    notReady: objects.filter(node => !isReady(node)).map(nameOf),
    unregistered: infos.map(({name}) => name).filter(name => !names.includes(name)),
    unseen: [],
  };
}

const nameOf = ({metadata}: KubeObject) => metadata.name;

/** A Pod on a node that does not answer cannot end, and would keep its namespace for ever. */
async function deleteNamespace({api}: Cluster, namespace: string, signal: AbortSignal): Promise<void> {
  const nodes = await ifAllowed(api.nodes(signal));
  if (nodes?.some(node => !isReady(node)))
    await ifAllowed(api.abandonPods(namespace, nodes.filter(isReady).map(nameOf), signal));
  return api.deleteNamespace(namespace, signal);
}

/** The lab's own directory on each node, and the one on the mount that all nodes share, on any of them. */
async function directoriesOf(cluster: Cluster, lab: Lab, {nodes}: Baseline, signal: AbortSignal) {
  const {probes, sharedMount} = cluster;
  const running = nodes.filter(node => node.running).map(({name}) => name);
  const shared = running
    .slice(0, 1)
    .flatMap(node => (sharedMount === undefined ? [] : [{node, path: sharedDirectoryOf(lab, sharedMount)}]));
  const found = await Promise.all(
    [...running.map(node => ({node, path: nodeDirectoryOf(lab)})), ...shared].map(async place => {
      const {ok} = await probes.look({type: 'files', ...place}, signal);
      return ok ? [place] : [];
    }),
  );
  return found.flat();
}

async function inTime(wait: (limited: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.timeout(patience);
  try {
    await wait(AbortSignal.any([signal, limit]));
  } catch (error) {
    if (!limit.aborted || signal.aborted) throw error;
  }
}
