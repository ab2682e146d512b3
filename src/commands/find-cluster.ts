import type {Cluster, Provider, ProviderId} from '../engine/ports.ts';
import {ExpectedError, exitCodes} from '../errors.ts';
import {namespaceOf} from '../lab/lab.ts';
import type {App} from './app.ts';
import {chooseProvider, chosenProvider, defaultCluster} from './choose-provider.ts';

export interface ClusterWish {
  /** For the question that a foreign context needs. */
  lab: {id: string};
  /** Make the cluster if it is not there. */
  create: boolean;
  /** Where the lab was run last: that cluster is preferred to any other. */
  last?: {provider: ProviderId; cluster: string};
}

/** The cluster to work with: what the options say, else where the lab was run last, else what this machine has. */
export async function findCluster(app: App, wish: ClusterWish): Promise<Cluster> {
  const {signal} = app.outside;
  const last = chosenProvider(app) === undefined ? wish.last : undefined;
  const provider = last ? await app.provider(last.provider) : await chooseProvider(app);
  if (last) await provider.check(signal);
  return provider.id === 'context' ? useContext(app, provider, wish) : useOwn(app, provider, wish);
}

async function useOwn(app: App, provider: Provider, {create, last}: ClusterWish): Promise<Cluster> {
  const {signal} = app.outside;
  const name = app.options.cluster ?? (last?.provider === provider.id ? last.cluster : defaultCluster);
  const found = (await provider.list(signal)).find(cluster => cluster.name === name);
  // One that somebody else made is not looked into either: its learner would be told of the wrong cluster.
  if (found && !found.ours) throw new ExpectedError('cluster-taken', {cluster: name, provider: provider.id});
  if (!found?.running && create) await createCluster(app, provider, name);
  const cluster = await provider.connect(name, signal);
  if (create && provider.id === 'sandbox') tellSimulated(app, cluster);
  return cluster;
}

/** Makes a cluster, or starts ours of that name. */
export async function createCluster(app: App, provider: Provider, name: string): Promise<void> {
  const {k3sImage, speed} = app.options;
  await app.view.task({code: 'create-cluster', name}, progress =>
    provider.create(
      name,
      {
        agents: 2,
        ...(k3sImage === undefined ? {} : {image: k3sImage}),
        ...(speed === undefined ? {} : {speed}),
      },
      progress,
      app.outside.signal,
    ),
  );
}

export const tellSimulated = (app: App, {speed = 1}: Cluster): void =>
  app.view.report({type: 'simulated', speed});

async function useContext(app: App, provider: Provider, {lab, last}: ClusterWish): Promise<Cluster> {
  const context = app.options.context ?? (last?.provider === 'context' ? last.cluster : '');
  const agreed = last?.provider === 'context' && last.cluster === context;
  if (
    !agreed &&
    context !== '' &&
    !(await app.view.confirm({code: 'use-context', context, namespace: namespaceOf(lab)}))
  )
    throw new ExpectedError('context-refused', {context}, {exitCode: exitCodes.usage});
  return provider.connect(context, app.outside.signal);
}
