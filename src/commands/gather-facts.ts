import {clusterCapabilities} from '../engine/capabilities.ts';
import {ifAllowed} from '../engine/if-allowed.ts';
import {workersOf} from '../engine/place.ts';
import type {Cluster, Provider} from '../engine/ports.ts';
import {progressOf} from '../engine/progress.ts';
import {type ExpectedError, isExpected} from '../errors.ts';
import {type Lab, namespaceOf} from '../lab/lab.ts';
import type {ClusterFacts, ClusterUp, Facts, KubectlFacts, Place} from '../preflight/facts.ts';
import {nodeBaseline} from '../world/baseline.ts';
import type {KubeObject} from '../world/object.ts';
import type {App} from './app.ts';
import {gatherMachine} from './gather-machine.ts';

/** All that can be found out about a place for labs, and nothing changed by it. */
export async function gatherFacts(
  app: App,
  place: Place,
  provider: Provider,
  labs: readonly Lab[],
): Promise<Facts> {
  const {signal} = app.outside;
  const refusal = await provider.check(signal).then(() => undefined, expected);
  const [machine, version, cluster] = await Promise.all([
    gatherMachine(app, place, labs),
    app.commands.kubectlVersion(signal).catch(missing),
    refusal ? undefined : lookAtCluster(app, place, provider, labs),
  ]);
  const skew =
    version !== undefined && cluster?.facts.state === 'up'
      ? await skewOf(app, version, cluster.facts.version, cluster.oldestKubectl)
      : undefined;
  return {
    ...machine,
    ...(refusal ? {refusal} : {}),
    kubectl: {
      fetchable: (await app.inspector()).fetchable,
      ...(version === undefined ? {} : {version}),
      ...(skew ? {skew} : {}),
    },
    ...(cluster ? {cluster: cluster.facts, toStart: ['none', 'stopped'].includes(cluster.facts.state)} : {}),
  };
}

async function lookAtCluster(
  app: App,
  {provider: id, cluster: name}: Place,
  provider: Provider,
  labs: readonly Lab[],
): Promise<{facts: ClusterFacts; oldestKubectl?: string}> {
  const {signal} = app.outside;
  const found = (await provider.list(signal)).find(cluster => cluster.name === name);
  if (id !== 'context') {
    if (!found) return {facts: {state: 'none'}};
    if (!found.ours) return {facts: {state: 'foreign'}};
    if (!found.running) return {facts: {state: 'stopped'}};
  }
  let cluster: Cluster | undefined;
  try {
    cluster = await provider.connect(name, signal);
    const [up, server] = await Promise.all([
      lookInside(app, cluster, found?.ours === true, labs),
      (await app.inspector()).server({provider: id, cluster: name}, signal),
    ]);
    const {oldestKubectl} = cluster;
    return {
      facts: {state: 'up', ...up, ...(server ? {server} : {})},
      ...(oldestKubectl === undefined ? {} : {oldestKubectl}),
    };
  } catch (error) {
    signal.throwIfAborted();
    const server = await (await app.inspector()).server({provider: id, cluster: name}, signal);
    return {facts: {state: 'unreachable', detail: detailOf(error), ...(server ? {server} : {})}};
  } finally {
    await cluster?.close();
  }
}

async function lookInside(
  app: App,
  cluster: Cluster,
  ours: boolean,
  labs: readonly Lab[],
): Promise<Omit<ClusterUp, 'server'>> {
  const {signal} = app.outside;
  const {api} = cluster;
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
    ours,
    kubeconfig: cluster.kubeconfig,
    version,
    ...(nodes ? {nodes} : {}),
    ...(machines ? {machines} : {}),
    ...(classes ? {classes} : {}),
    capabilities: {...known, hostPath: !refusingHostPath.some(({namespace}) => namespace === elsewhere)},
    refusingHostPath,
    begunElsewhere: identity === undefined ? [] : begunElsewhere(app, cluster, identity, labs),
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
  {provider, name}: Cluster,
  identity: string,
  labs: readonly Lab[],
): string[] {
  return labs
    .filter(lab => {
      const {place, current, reached} = progressOf(lab, app.journals.read(lab.id));
      const here = place?.provider === provider && place.cluster === name;
      return here && current !== undefined && reached.length > 0 && place.identity !== identity;
    })
    .map(({id}) => id);
}

async function skewOf(
  {commands}: App,
  client: string,
  server: string,
  oldest: string | undefined,
): Promise<KubectlFacts['skew']> {
  try {
    await commands.checkSkew(client, server, oldest);
    return undefined;
  } catch (error) {
    if (!isExpected(error) || error.code !== 'kubectl-skew') throw error;
    const {server, minimum} = (error as ExpectedError<'kubectl-skew'>).facts;
    return {server, minimum};
  }
}

function expected(error: unknown): ExpectedError {
  if (!isExpected(error)) throw error;
  return error;
}

function missing(error: unknown): undefined {
  if (expected(error).code !== 'program-missing') throw error;
}

/** What an error says of why a cluster does not answer. */
function detailOf(error: unknown): string {
  if (isExpected(error)) return 'detail' in error.facts ? `${error.facts.detail}` : error.code;
  const {message, code} = error as NodeJS.ErrnoException;
  return message || code || String(error);
}
