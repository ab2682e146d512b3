import {ExpectedError} from '../errors.ts';
import {type Lab, namespaceOf, nodeDirectoryOf} from '../lab/lab.ts';
import {type Baseline, nodeBaseline, planRestore, type Undo} from '../world/baseline.ts';
import type {Cluster} from './ports.ts';

/** The nodes as they are: what a run takes as its baseline, and what a restore compares with it. */
export async function nodesNow(cluster: Cluster, signal: AbortSignal): Promise<Baseline> {
  const [objects, infos] = await Promise.all([cluster.api.nodes(signal), cluster.nodes.list(signal)]);
  const running = new Map(infos.map(info => [info.name, info.running]));
  return {nodes: objects.map(node => nodeBaseline(node, running.get(node.metadata.name) ?? true))};
}

/** What a lab left behind in the cluster, as a plan to undo it. An empty plan proves that nothing was left. */
export async function restorePlan(
  cluster: Cluster,
  lab: Lab,
  baseline: Baseline,
  signal: AbortSignal,
): Promise<Undo[]> {
  const now = await nodesNow(cluster, signal);
  const name = namespaceOf(lab);
  const namespace = await cluster.api.namespace(name, signal);
  const ours = namespace?.metadata.labels?.['statelab.dev/lab'] === lab.id;
  return planRestore(baseline, now, {
    ...(ours ? {namespace: name} : {}),
    directories: ours || ownsNodes(cluster) ? await directoriesOf(cluster, lab, now, signal) : [],
  });
}

/** Does one thing of a plan. */
export async function undo(cluster: Cluster, lab: Lab, step: Undo, signal: AbortSignal): Promise<void> {
  switch (step.type) {
    case 'start-node':
      return cluster.nodes.start(step.node, signal);
    case 'uncordon':
    case 'cordon':
      return cluster.api.setSchedulable(step.node, step.type === 'uncordon', signal);
    case 'labels':
      return cluster.api.patchNode(step.node, {labels: step.labels}, signal);
    case 'taints':
      return cluster.api.patchNode(step.node, {taints: step.taints}, signal);
    case 'delete-namespace':
      return cluster.api.deleteNamespace(step.namespace, signal);
    case 'remove-directory':
      return cluster.nodes.removeDirectory(step.node, step.path, namespaceOf(lab), signal);
  }
}

/** @throws ExpectedError `reset-incomplete` when the plan is not empty after it was carried out */
export async function proveRestored(
  cluster: Cluster,
  lab: Lab,
  baseline: Baseline,
  signal: AbortSignal,
): Promise<void> {
  const left = await restorePlan(cluster, lab, baseline, signal);
  if (left.length > 0) throw new ExpectedError('reset-incomplete', {left: left.map(sayUndo)});
}

const sayUndo = (step: Undo) =>
  'namespace' in step
    ? `namespace ${step.namespace}`
    : 'path' in step
      ? `${step.path} on ${step.node}`
      : `node ${step.node} (${step.type})`;

/** Nodes of a cluster that is not ours can only be looked into by a Pod on them, in the lab's namespace. */
const ownsNodes = (cluster: Cluster) => cluster.provider !== 'context';

async function directoriesOf(cluster: Cluster, lab: Lab, {nodes}: Baseline, signal: AbortSignal) {
  const path = nodeDirectoryOf(lab);
  const running = nodes.filter(node => node.running);
  const found = await Promise.all(
    running.map(async ({name}) => {
      const {ok} = await cluster.probes.look({type: 'files', node: name, path}, signal);
      return ok ? [{node: name, path}] : [];
    }),
  );
  return found.flat();
}
