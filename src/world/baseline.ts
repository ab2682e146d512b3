import type {WatchKind} from '../lab/schema.ts';
import type {LabVolume} from './lab-volumes.ts';
import type {KubeObject} from './object.ts';

/** What of one node the labs may change and a restore brings back. */
export interface NodeBaseline {
  name: string;
  schedulable: boolean;
  labels: Record<string, string>;
  /** Not in journals from before they were kept. */
  annotations?: Record<string, string>;
  taints: {key: string; value?: string; effect: string}[];
  running: boolean;
}

/** The cluster as it was when the lab began. */
export interface Baseline {
  nodes: NodeBaseline[];
  /** UIDs of what was in the namespace `default` under a name of the lab's manifests: somebody else's. */
  inDefault?: string[];
}

/** The cluster as it is now. */
export interface Present extends Baseline {
  /** Nodes whose machine runs, but which are not Ready (any more, or again). */
  notReady: readonly string[];
  /** Machines whose Node object was deleted. */
  unregistered: readonly string[];
}

/** Taints that Kubernetes itself sets and takes away (cordon, not ready, unreachable, pressure): never restored by hand. */
const setByKubernetes = /^node\.kubernetes\.io\/(?!out-of-service)/;

export const nodeBaseline = (node: KubeObject, running: boolean): NodeBaseline => {
  const spec = (node.spec ?? {}) as {unschedulable?: boolean; taints?: NodeBaseline['taints']};
  return {
    name: node.metadata.name,
    schedulable: spec.unschedulable !== true,
    labels: node.metadata.labels ?? {},
    annotations: node.metadata.annotations ?? {},
    taints: (spec.taints ?? [])
      .filter(taint => !setByKubernetes.test(taint.key))
      .map(({key, value, effect}) => (value === undefined ? {key, effect} : {key, value, effect})),
    running,
  };
};

/** One thing that brings the cluster back towards its baseline. */
export type Undo =
  | {type: 'start-node'; node: string}
  | {type: 'register-node'; node: string}
  | {type: 'await-node'; node: string}
  | {type: 'uncordon'; node: string}
  | {type: 'cordon'; node: string}
  | {type: 'labels'; node: string; labels: Record<string, string | null>}
  | {type: 'annotations'; node: string; annotations: Record<string, string>}
  | {type: 'taints'; node: string; taints: NodeBaseline['taints']}
  /** Made there by mistake instead of in the lab's namespace. */
  | {type: 'delete-object'; kind: WatchKind; namespace: string; name: string}
  | {type: 'delete-namespace'; namespace: string}
  /** An administrator prepared it for the learner, so it stays. */
  | {type: 'clear-namespace'; namespace: string}
  /** By whoever provided it, with its data. */
  | ({type: 'release-volume'} & Omit<LabVolume, 'provided'>)
  | ({type: 'delete-volume'} & Omit<LabVolume, 'provided'>)
  | {type: 'remove-directory'; node: string; path: string};

/** An object of a lab in a namespace that is not the lab's. */
export interface Stray {
  kind: WatchKind;
  namespace: string;
  name: string;
}

/** What a lab may have left apart from its nodes' state. */
export interface Traces {
  /** The lab's namespace, when it is there. */
  namespace?: string;
  /** It was there before the lab: only what is in it is the lab's. */
  prepared?: boolean;
  /** Objects of the lab in other namespaces. */
  strays: readonly Stray[];
  /** Directories of the lab that are on nodes. */
  directories: {node: string; path: string}[];
  volumes: readonly LabVolume[];
}

/**
 * What differs from the baseline, in the order to undo it: a node must be Ready before its Pods can end and its
 * directory can be removed, Pods must be gone before their claims, claims before their volumes and those before their
 * files. An empty plan is the proof that nothing was left. What a node is like that does not run or is not registered
 * shows only when it is back, so that another plan may have to follow.
 */
export function planRestore(baseline: Baseline, now: Present, traces: Traces): Undo[] {
  const pairs = baseline.nodes.flatMap(before => {
    const after = now.nodes.find(node => node.name === before.name);
    return after ? [{before, after}] : [];
  });
  return [
    ...pairs
      .filter(({before, after}) => before.running && !after.running)
      .map(({before: {name: node}}) => ({type: 'start-node', node}) as const),
    ...baseline.nodes
      .filter(({name, running}) => running && now.unregistered.includes(name))
      .map(({name: node}) => ({type: 'register-node', node}) as const),
    ...pairs
      .filter(({before, after}) => before.running && after.running && now.notReady.includes(before.name))
      .map(({before: {name: node}}) => ({type: 'await-node', node}) as const),
    ...pairs.flatMap(({before, after}) => undoOfNode(before, after)),
    ...traces.strays.map(stray => ({type: 'delete-object', ...stray}) as const),
    ...(traces.namespace === undefined
      ? []
      : [
          {
            type: traces.prepared ? 'clear-namespace' : 'delete-namespace',
            namespace: traces.namespace,
          } as const,
        ]),
    ...traces.volumes.map(
      ({provided, ...volume}) => ({type: provided ? 'release-volume' : 'delete-volume', ...volume}) as const,
    ),
    ...traces.directories.map(directory => ({type: 'remove-directory', ...directory}) as const),
  ];
}

function undoOfNode(before: NodeBaseline, after: NodeBaseline): Undo[] {
  const undos: Undo[] = [];
  if (before.schedulable !== after.schedulable)
    undos.push({type: before.schedulable ? 'uncordon' : 'cordon', node: before.name});
  const labels = labelsBack(before.labels, after.labels);
  if (Object.keys(labels).length > 0) undos.push({type: 'labels', node: before.name, labels});
  const annotations = annotationsLost(before, after);
  if (Object.keys(annotations).length > 0) undos.push({type: 'annotations', node: before.name, annotations});
  if (taintSet(before) !== taintSet(after))
    undos.push({type: 'taints', node: before.name, taints: before.taints});
  return undos;
}

/**
 * Those that went with a Node object. What is there is left as it is: most are written by programs of the node, that know
 * better than the baseline.
 */
export const annotationsLost = (
  {annotations: before = {}}: NodeBaseline,
  {annotations: after = {}}: NodeBaseline,
): Record<string, string> => Object.fromEntries(Object.entries(before).filter(([key]) => !(key in after)));

function labelsBack(
  before: Record<string, string>,
  after: Record<string, string>,
): Record<string, string | null> {
  const added = Object.keys(after)
    .filter(key => !(key in before))
    .map(key => [key, null] as const);
  const changed = Object.entries(before).filter(([key, value]) => after[key] !== value);
  return Object.fromEntries([...added, ...changed]);
}

const taintSet = ({taints}: NodeBaseline) =>
  JSON.stringify(taints.map(({key, value, effect}) => `${key}=${value ?? ''}:${effect}`).sort());
