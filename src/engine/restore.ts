import {type Lab, namespaceOf, nodeDirectoryOf} from '../lab/lab.ts';
import {type Baseline, nodeBaseline, type Present, planRestore, type Undo} from '../world/baseline.ts';
import {labVolumes} from '../world/lab-volumes.ts';
import {isReady} from '../world/node.ts';
import type {StandingChange} from '../world/node-change.ts';
import type {KubeObject} from '../world/object.ts';
import {ifAllowed} from './if-allowed.ts';
import {ownsNodes} from './own-nodes.ts';
import {namedWorkers, sharedDirectoryOf} from './place.ts';
import type {Cluster} from './ports.ts';
import {restoreTarget} from './restore-target.ts';
import {namesakesInDefault} from './strays.ts';

/** What of a foreign cluster may not be looked at, so that nobody knows what was left there. */
export type Unseen = 'nodes' | 'persistentvolumes';

/** What is known of what a lab did to a cluster. */
export interface Known {
  /** Undefined when the lab was never begun there, or all of it was taken back. */
  baseline: Baseline | undefined;
  /** What labs have changed on the cluster, all of them. */
  standing: readonly StandingChange[];
  /** What became of nodes of a cluster that others use during the lab, and is not known to be the learner's doing. */
  unclaimed?: readonly StandingChange[];
  /** UIDs of the PersistentVolumes that were seen to come into being in the lab. */
  volumes: readonly string[];
}

/** `lab`: all that the lab left. `nodes`: only what it left of the nodes; the lab itself can be gone on with. */
export type RestoreScope = 'lab' | 'nodes';

export interface RestorePlan {
  /** In their order. None at all proves that nothing was left. */
  steps: Undo[];
  unseen: Unseen[];
  /** What would undo what is perhaps the learner's doing, and perhaps somebody else's: it is left alone. */
  unclaimed: Undo[];
  /** What was compared. */
  looked: {nodes: number; directories: number};
  now: Present;
}

/** The nodes as they are. There are none where nobody may look at them. */
export async function nodesNow(
  cluster: Pick<Cluster, 'api' | 'nodes'>,
  signal: AbortSignal,
): Promise<Baseline> {
  const {nodes} = await presentOf(cluster, signal);
  return {nodes};
}

export interface PlanWish {
  lab: Lab;
  known: Known;
  scope: RestoreScope;
  /** Take back only what was seen to change, also on a cluster of our own. */
  onlySeen?: boolean;
}

/** What a lab left behind in the cluster, as a plan to undo it. */
export async function restorePlan(
  cluster: Cluster,
  {lab, known, scope, onlySeen = false}: PlanWish,
  signal: AbortSignal,
): Promise<RestorePlan> {
  const {unseen: unseenNodes, ...now} = await presentOf(cluster, signal);
  const seen = onlySeen || !ownsNodes(cluster);
  const target = {nodes: restoreTarget(lab.id, known, now.nodes, seen)};
  const traces = scope === 'lab' ? await tracesOf(cluster, lab, known, now, signal) : nothing;
  const steps = planRestore(target, now, traces);
  const isTouched = (node: string) =>
    known.standing.some(change => change.lab === lab.id && change.node === node);
  return {
    // A node that somebody else has stopped, or that is ill, is not waited for.
    steps: seen ? steps.filter(step => step.type !== 'await-node' || isTouched(step.node)) : steps,
    unclaimed: unclaimedOf(lab, known, now),
    unseen: [...unseenNodes, ...traces.unseen],
    looked: {nodes: now.nodes.length, directories: traces.looked},
    now,
  };
}

function unclaimedOf({id}: Lab, {unclaimed = []}: Known, now: Present): Undo[] {
  const target = restoreTarget(id, {baseline: undefined, standing: unclaimed}, now.nodes, true);
  return planRestore({nodes: target}, now, nothing).filter(({type}) => type !== 'await-node');
}

const nothing = {strays: [], volumes: [], directories: [], unseen: [], looked: 0};

/** What of the lab is there apart from its nodes' state. */
async function tracesOf(cluster: Cluster, lab: Lab, known: Known, now: Present, signal: AbortSignal) {
  const volumes = await ifAllowed(cluster.api.persistentVolumes(signal));
  const name = namespaceOf(lab);
  const namespace = await cluster.api.namespace(name, signal);
  const labels = namespace?.metadata.labels ?? {};
  const ours = labels['statelab.dev/lab'] === lab.id;
  const prepared = labels['app.kubernetes.io/managed-by'] !== 'statelab';
  const mustGo = ours && (!prepared || (await cluster.api.holdsWork(name, signal)));
  const {sharedMount} = cluster;
  const paths = [
    nodeDirectoryOf(lab),
    ...(sharedMount === undefined ? [] : [sharedDirectoryOf(lab, sharedMount)]),
  ];
  const {found, looked} =
    ours || ownsNodes(cluster)
      ? await directoriesOf(cluster, lab, placesOf(cluster, lab, known, now), signal)
      : {found: [], looked: 0};
  const before = known.baseline?.inDefault;
  const strays = before ? await namesakesInDefault(cluster, lab, signal) : [];
  return {
    ...(mustGo ? {namespace: name, prepared} : {}),
    strays: strays.filter(({uid}) => !before?.includes(uid)).map(({stray}) => stray),
    volumes: labVolumes(lab, paths, (volumes ?? []).filter(mayBeOurs(cluster, known))),
    directories: found,
    unseen: volumes ? [] : (['persistentvolumes'] as const),
    looked,
  };
}

/**
 * On a cluster that others use a claim of the lab may have got a volume that somebody made for something else: such a
 * one is no longer the lab's once the claim is gone.
 */
const mayBeOurs =
  (cluster: Cluster, {volumes}: Known) =>
  ({metadata: {uid, labels = {}, annotations = {}}}: KubeObject) =>
    ownsNodes(cluster) ||
    volumes.includes(uid) ||
    'statelab.dev/lab' in labels ||
    'pv.kubernetes.io/provisioned-by' in annotations;

async function presentOf(
  cluster: Pick<Cluster, 'api' | 'nodes'>,
  signal: AbortSignal,
): Promise<Present & {unseen: Unseen[]}> {
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

/**
 * The nodes that the lab may have put files on. A cluster that others use may have hundreds, of which a look into each
 * takes a Pod: there it is those that the lab names, if it is one that keeps files on nodes at all.
 */
function placesOf(cluster: Cluster, {needs}: Lab, {baseline}: Known, {nodes}: Baseline): string[] {
  const running = nodes.filter(node => node.running).map(({name}) => name);
  if (ownsNodes(cluster)) return running;
  const named = needs.hostPath ? namedWorkers(baseline?.nodes ?? nodes) : [];
  return running.filter(name => named.includes(name));
}

/** The lab's own directory on each of the nodes, and the one on the mount that all nodes share, on any of them. */
async function directoriesOf(cluster: Cluster, lab: Lab, running: readonly string[], signal: AbortSignal) {
  const {probes, sharedMount} = cluster;
  const shared = running
    .slice(0, 1)
    .flatMap(node => (sharedMount === undefined ? [] : [{node, path: sharedDirectoryOf(lab, sharedMount)}]));
  const places = [...running.map(node => ({node, path: nodeDirectoryOf(lab)})), ...shared];
  const found = await Promise.all(
    places.map(async place => {
      const {ok} = await probes.look({type: 'files', ...place, namespace: namespaceOf(lab)}, signal);
      return ok ? [place] : [];
    }),
  );
  return {found: found.flat(), looked: places.length};
}
