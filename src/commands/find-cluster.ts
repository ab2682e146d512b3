import type {Cluster, Provider, ProviderId} from '../engine/ports.ts';
import {ExpectedError, exitCodes, isExpected} from '../errors.ts';
import {namespaceOf} from '../lab/lab.ts';
import type {App} from './app.ts';

/** The name of the cluster that statelab makes when none is given. */
export const defaultCluster = 'statelab';

export interface ClusterWish {
  /** For the question that a foreign context needs. */
  lab: {id: string};
  /** Make the cluster if it is not there. */
  create: boolean;
  /** Where the lab was run last: that cluster is preferred to any other. */
  last?: {provider: ProviderId; cluster: string};
}

/** The cluster to work with: what the options say, else where the lab was run last, else k3d. */
export async function findCluster(app: App, wish: ClusterWish): Promise<Cluster> {
  const {signal} = app.outside;
  const id = chosenProvider(app) ?? wish.last?.provider ?? 'k3d';
  const provider = await app.provider(id);
  await provider.check(signal).catch(error => {
    throw chosenProvider(app) === undefined && isExpected(error) ? noProvider(id, error) : error;
  });
  return id === 'context' ? useContext(app, provider, wish) : useOwn(app, provider, wish);
}

const chosenProvider = ({options}: App): ProviderId | undefined =>
  options.provider ?? (options.context === undefined ? undefined : 'context');

/** One reason keeps its own words; the learner may not know why k3d is asked for at all. */
const noProvider = (provider: ProviderId, error: ExpectedError): ExpectedError =>
  error.code === 'program-missing' || error.code === 'docker-down'
    ? error
    : new ExpectedError('no-provider', {tried: [{provider, why: error.code}]}, {cause: error});

async function useOwn(app: App, provider: Provider, {create, last}: ClusterWish): Promise<Cluster> {
  const {signal} = app.outside;
  const name = app.options.cluster ?? (last?.provider === provider.id ? last.cluster : defaultCluster);
  const found = (await provider.list(signal)).find(cluster => cluster.name === name);
  // One that somebody else made is not looked into either: its learner would be told of the wrong cluster.
  if (found && !found.ours) throw new ExpectedError('cluster-taken', {cluster: name, provider: provider.id});
  if (!found?.running && create) await createCluster(app, provider, name);
  return provider.connect(name, signal);
}

/** Makes a cluster, or starts ours of that name. */
export async function createCluster(app: App, provider: Provider, name: string): Promise<void> {
  const {k3sImage} = app.options;
  await app.view.task({code: 'create-cluster', name}, progress =>
    provider.create(
      name,
      {agents: 2, ...(k3sImage === undefined ? {} : {image: k3sImage})},
      progress,
      app.outside.signal,
    ),
  );
}

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
