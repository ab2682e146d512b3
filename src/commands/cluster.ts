import type {ClusterInfo, Provider, ProviderId} from '../engine/ports.ts';
import {progressOf} from '../engine/progress.ts';
import {type ErrorCode, ExpectedError, exitCodes} from '../errors.ts';
import type {App} from './app.ts';
import {chooseProvider, chosenProvider, defaultCluster, listProviders} from './choose-provider.ts';
import {bringUp} from './find-cluster.ts';
import {readableJournals} from './known.ts';

/** Makes a cluster, or starts ours of that name. @param agents how many; two when nothing is said */
export async function clusterUp(app: App, agents?: number): Promise<number> {
  const {cluster: name = defaultCluster} = app.options;
  const cluster = await bringUp(app, await chooseProvider(app), name, agents);
  app.view.report({type: 'cluster-up', cluster: name, kubeconfig: cluster.kubeconfig});
  await cluster.close();
  return exitCodes.reached;
}

/** Deletes a cluster that statelab made, and says before what goes with it. */
export async function clusterDown(app: App): Promise<number> {
  const {cluster: name = defaultCluster} = app.options;
  const {signal} = app.outside;
  const {provider, found} = await providerOf(app, name);
  const {id} = provider;
  if (!found) throw new ExpectedError('cluster-missing', {cluster: name, provider: id});
  if (!found.ours) throw new ExpectedError('cluster-taken', {cluster: name, provider: id});
  const question = {code: 'delete-cluster', cluster: name, provider: id} as const;
  const [nodes, labs] = [found.nodes.length, labsIn(app, id, name)];
  if (!(await app.view.confirm({...question, nodes, labs}))) return exitCodes.notReached;
  await app.view.task({code: 'delete-cluster', name}, () => provider.remove(name, signal));
  app.view.report({type: 'cluster-down', cluster: name});
  return exitCodes.reached;
}

/** The one that has a cluster of that name. @throws ExpectedError `usage` when several have */
async function providerOf(app: App, name: string): Promise<{provider: Provider; found?: ClusterInfo}> {
  const {listed} = await listProviders(app);
  const all = listed.map(({provider, clusters}) => {
    const found = clusters.find(cluster => cluster.name === name);
    return found ? {provider, found} : {provider};
  });
  const [first, second] = all.filter(({found}) => found?.ours);
  if (!first) {
    const provider = await chooseProvider(app);
    return all.find(one => one.provider.id === provider.id) ?? {provider};
  }
  if (!second) return first;
  const [one, other] = [first.provider.id, second.provider.id];
  const detail = `There is a ${one} and a ${other} cluster "${name}": say which with --provider.`;
  throw new ExpectedError('usage', {detail}, {exitCode: exitCodes.usage});
}

/** The labs that were begun in a cluster, and have something in it as far as is known. */
function labsIn(app: App, provider: ProviderId, cluster: string): string[] {
  return placesOf(app).flatMap(({lab, place}) =>
    place?.provider === provider && place.cluster === cluster ? [lab] : [],
  );
}

/** Where the labs took place, the one worked on last first. */
const placesOf = (app: App) =>
  readableJournals(app)
    .filter(({lab}) => app.labs.ids().includes(lab))
    .map(({lab, entries}) => ({lab, place: progressOf(app.labs.get(lab), entries).place}));

/** Lists the clusters there are; without --provider those that statelab makes itself, and why some could not be listed. */
export async function listClusters(app: App): Promise<number> {
  const {listed, refused} = await listProviders(app);
  const clusters = listed.flatMap(one => one.clusters);
  const unlisted = refused.filter(({refusal}) => !withoutClusters.includes(refusal.code));
  if (clusters.length + unlisted.length === 0) app.view.report({type: 'no-clusters'});
  const current = currentOf(app, clusters);
  for (const cluster of clusters) app.view.report({type: 'cluster', cluster, current: cluster === current});
  for (const {refusal} of unlisted) app.view.error(refusal);
  return unlisted.at(-1)?.refusal.exitCode ?? exitCodes.reached;
}

/** Where its program or Docker is missing, a provider has no cluster that could be missed. */
const withoutClusters: ErrorCode[] = ['program-missing', 'docker-down'];

/** The one that commands work with when none is named: where the last lab was run, else the one of the usual name. */
function currentOf(app: App, clusters: readonly ClusterInfo[]): ClusterInfo | undefined {
  const last = chosenProvider(app) === undefined ? placesOf(app)[0]?.place : undefined;
  const name = app.options.cluster ?? last?.cluster ?? defaultCluster;
  return clusters.find(
    cluster => cluster.name === name && cluster.ours && (!last || cluster.provider === last.provider),
  );
}
