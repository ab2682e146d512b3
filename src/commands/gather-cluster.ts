import {clusterCapabilities} from '../engine/capabilities.ts';
import {ifAllowed} from '../engine/if-allowed.ts';
import {workersOf} from '../engine/place.ts';
import type {Cluster, Provider, ProviderId} from '../engine/ports.ts';
import {progressOf} from '../engine/progress.ts';
import {type ExpectedError, isExpected} from '../errors.ts';
import {type Lab, namespaceOf} from '../lab/lab.ts';
import type {ClusterFacts, ClusterUp, Place} from '../preflight/facts.ts';
import {nodeBaseline} from '../world/baseline.ts';
import type {KubeObject} from '../world/object.ts';
import type {App} from './app.ts';
import {readableJournals} from './known.ts';

export interface GatheredCluster {
  facts: ClusterFacts;
  /** The oldest kubectl that works with it, where that is known. */
  oldestKubectl?: string;
}

/** What a cluster shows of itself, or why it shows nothing. */
export async function gatherCluster(
  app: App,
  {provider: id, cluster: name}: Place,
  provider: Provider,
  labs: readonly Lab[],
): Promise<GatheredCluster> {
  const {signal} = app.outside;
  const listed = await provider.list(signal).catch(error => {
    signal.throwIfAborted();
    return unseen(error);
  });
  if (!Array.isArray(listed)) return {facts: listed};
  const found = listed.find(cluster => cluster.name === name);
  if (id !== 'context') {
    if (!found) return {facts: {state: 'none'}};
    if (!found.ours) return {facts: {state: 'foreign'}};
    if (!found.running) return {facts: {state: 'stopped'}};
  }
  const seen = await look(provider, name, labs, signal);
  const server = await (await app.inspector()).server({provider: id, cluster: name}, signal);
  const ofServer = server ? {server} : {};
  if (seen.state !== 'up') return {facts: {...seen, ...ofServer}};
  const {identity, oldestKubectl, ...up} = seen;
  return {
    facts: {
      ...up,
      ours: found?.ours === true,
      begunElsewhere: identity === undefined ? [] : begunElsewhere(app, {id, name}, identity, labs),
      ...ofServer,
    },
    ...(oldestKubectl === undefined ? {} : {oldestKubectl}),
  };
}

type Seen = {state: 'up'; identity: string | undefined; oldestKubectl: string | undefined} & Omit<
  ClusterUp,
  'ours' | 'begunElsewhere' | 'server'
>;
type Unseen = Extract<ClusterFacts, {state: 'refused' | 'unreachable'}>;

async function look(
  provider: Provider,
  name: string,
  labs: readonly Lab[],
  signal: AbortSignal,
): Promise<Seen | Unseen> {
  let cluster: Cluster | undefined;
  try {
    cluster = await provider.connect(name, signal);
    return await lookInside(cluster, labs, signal);
  } catch (error) {
    signal.throwIfAborted();
    return unseen(error);
  } finally {
    await cluster?.close();
  }
}

/** What the network and the programs between us and the cluster say is of no class of its own; what is a bug of ours is. */
function unseen(error: unknown): Unseen {
  if (isExpected(error))
    return error.code === 'context-unreachable'
      ? {state: 'unreachable', detail: (error as ExpectedError<'context-unreachable'>).facts.detail}
      : {state: 'refused', error};
  const {message, code} = error as NodeJS.ErrnoException;
  const isBug = bugs.some(bug => error instanceof bug) && code === undefined;
  if (isBug) throw error;
  return {state: 'unreachable', detail: message || code || String(error)};
}
const bugs = [TypeError, ReferenceError, RangeError];

async function lookInside(cluster: Cluster, labs: readonly Lab[], signal: AbortSignal): Promise<Seen> {
  const {api, oldestKubectl} = cluster;
  const version = await api.version(signal);
  const [nodes, machines, classes, identity, refusingHostPath] = await Promise.all([
    ifAllowed(api.nodes(signal)),
    ifAllowed(cluster.nodes.list(signal)),
    ifAllowed(api.storageClasses(signal)),
    ifAllowed(api.identity(signal)),
    whereHostPathIsRefused(cluster, labs, signal),
  ]);
  const known = await clusterCapabilities(cluster, workersOf((nodes ?? []).map(asIfWell)), signal);
  return {
    state: 'up',
    identity,
    oldestKubectl,
    kubeconfig: cluster.kubeconfig,
    version,
    ...(nodes ? {nodes} : {}),
    ...(machines ? {machines} : {}),
    ...(classes ? {classes} : {}),
    capabilities: {...known, hostPath: !refusingHostPath.some(({namespace}) => namespace === elsewhere)},
    refusingHostPath,
  };
}

/** That one is cordoned or not Ready is a finding of its own: there are as many workers all the same. */
const asIfWell = (node: KubeObject) => ({...nodeBaseline(node, true), schedulable: true});

/** Where Pods are asked for of which no lab has a namespace yet. */
const elsewhere = 'default';
const enforcedLevel = 'pod-security.kubernetes.io/enforce';

/** The namespaces of labs that are there are asked, and one that stands for those that are not. */
async function whereHostPathIsRefused(
  {api}: Pick<Cluster, 'api'>,
  labs: readonly Lab[],
  signal: AbortSignal,
): Promise<ClusterUp['refusingHostPath']> {
  const refusing = async (name: string): Promise<ClusterUp['refusingHostPath']> => {
    const namespace = await ifAllowed(api.namespace(name, signal));
    if (!namespace || (await api.admitsHostPath(name, signal))) return [];
    const level = namespace.metadata.labels?.[enforcedLevel];
    return [{namespace: name, ...(level === undefined ? {} : {level})}];
  };
  return (await Promise.all([...labs.map(namespaceOf), elsewhere].map(refusing))).flat();
}

/** Labs that are not through, and were begun on another cluster of this name. */
function begunElsewhere(
  app: App,
  {id, name}: {id: ProviderId; name: string},
  identity: string,
  labs: readonly Lab[],
): string[] {
  const journals = new Map(readableJournals(app).map(({lab, entries}) => [lab, entries]));
  const isElsewhere = (lab: Lab): boolean => {
    const {place, current, reached} = progressOf(lab, journals.get(lab.id) ?? []);
    const here = place?.provider === id && place.cluster === name;
    return here && current !== undefined && reached.length > 0 && place.identity !== identity;
  };
  return labs.filter(isElsewhere).map(({id}) => id);
}
