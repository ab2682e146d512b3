import type {ClusterInfo} from '../engine/ports.ts';
import {exitCodes} from '../errors.ts';
import type {App} from './app.ts';
import {chooseProvider, defaultCluster, usableProviders} from './choose-provider.ts';
import {createCluster, tellSimulated} from './find-cluster.ts';

/** Makes a cluster, or starts ours of that name. */
export async function clusterUp(app: App): Promise<number> {
  const {cluster: name = defaultCluster} = app.options;
  const {signal} = app.outside;
  const provider = await chooseProvider(app);
  await createCluster(app, provider, name);
  const cluster = await provider.connect(name, signal);
  if (provider.id === 'sandbox') tellSimulated(app, cluster);
  app.view.report({type: 'cluster-up', cluster: name, kubeconfig: cluster.kubeconfig});
  await cluster.close();
  return exitCodes.reached;
}

/** Deletes a cluster that statelab made. */
export async function clusterDown(app: App): Promise<number> {
  const {cluster: name = defaultCluster} = app.options;
  const {signal} = app.outside;
  const provider = await chooseProvider(app);
  if (!(await app.view.confirm({code: 'delete-cluster', cluster: name}))) return exitCodes.notReached;
  await app.view.task({code: 'delete-cluster', name}, () => provider.remove(name, signal));
  app.view.report({type: 'cluster-down', cluster: name});
  return exitCodes.reached;
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
