import type {ClusterInfo, Provider} from '../engine/ports.ts';
import {ExpectedError, exitCodes} from '../errors.ts';
import type {App} from './app.ts';
import {chooseProvider, defaultCluster, usableProviders} from './choose-provider.ts';
import {bringUp} from './find-cluster.ts';

/** Makes a cluster, or starts ours of that name. @param agents how many; two when nothing is said */
export async function clusterUp(app: App, agents?: number): Promise<number> {
  const {cluster: name = defaultCluster} = app.options;
  const cluster = await bringUp(app, await chooseProvider(app), name, agents);
  app.view.report({type: 'cluster-up', cluster: name, kubeconfig: cluster.kubeconfig});
  await cluster.close();
  return exitCodes.reached;
}

/** Deletes a cluster that statelab made. */
export async function clusterDown(app: App): Promise<number> {
  const {cluster: name = defaultCluster} = app.options;
  const {signal} = app.outside;
  const provider = await providerOf(app, name);
  if (!(await app.view.confirm({code: 'delete-cluster', cluster: name}))) return exitCodes.notReached;
  await app.view.task({code: 'delete-cluster', name}, () => provider.remove(name, signal));
  app.view.report({type: 'cluster-down', cluster: name});
  return exitCodes.reached;
}

/** The one that has a cluster of that name. @throws ExpectedError `usage` when several have */
async function providerOf(app: App, name: string): Promise<Provider> {
  const {signal} = app.outside;
  const providers = await usableProviders(app);
  const lists = await Promise.all(providers.map(provider => provider.list(signal)));
  const [first, second] = providers.filter((_, index) =>
    lists[index]?.some(cluster => cluster.name === name && cluster.ours),
  );
  if (!first) return chooseProvider(app);
  if (!second) return first;
  const detail = `There is a ${first.id} and a ${second.id} cluster "${name}": say which with --provider.`;
  throw new ExpectedError('usage', {detail}, {exitCode: exitCodes.usage});
}

/** Lists the clusters there are; without --provider those that statelab makes itself. */
export async function listClusters(app: App): Promise<number> {
  const {signal} = app.outside;
  const clusters: ClusterInfo[] = [];
  for (const provider of await usableProviders(app)) clusters.push(...(await provider.list(signal)));
  if (clusters.length === 0) app.view.report({type: 'no-clusters'});
  for (const cluster of clusters) app.view.report({type: 'cluster', cluster});
  return exitCodes.reached;
}
