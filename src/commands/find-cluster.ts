import type {Cluster, ClusterInfo, Provider, ProviderId} from '../engine/ports.ts';
import {ExpectedError, exitCodes, isExpected} from '../errors.ts';
import {namespaceOf, nodeDirectoryOf} from '../lab/lab.ts';
import type {Needs} from '../lab/schema.ts';
import type {App} from './app.ts';
import {chooseProvider, chosenProvider, defaultCluster} from './choose-provider.ts';
import {lookAhead, preflight} from './preflight.ts';
import type {Question} from './view.ts';

export interface ClusterWish {
  /** For the question that a foreign context needs. */
  lab: {id: string; needs?: Pick<Needs, 'hostPath'>};
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
  if (create) return bringUp(app, provider, name);
  await findOwn(provider, name, signal);
  return provider.connect(name, signal);
}

/** One that somebody else made is not looked into either: its learner would be told of the wrong cluster. */
async function findOwn(provider: Provider, name: string, signal: AbortSignal) {
  const found = (await provider.list(signal)).find(cluster => cluster.name === name);
  if (found && !found.ours) throw new ExpectedError('cluster-taken', {cluster: name, provider: provider.id});
  return found;
}

/** How many a cluster has when nothing is said. */
const defaultAgents = 2;

/**
 * Makes a cluster, or starts ours of that name, and says what of it is simulated.
 * @param agents how many were asked for
 * @throws ExpectedError `usage`, `cluster-differs` when what was asked for cannot be had
 */
export async function bringUp(app: App, provider: Provider, name: string, agents?: number): Promise<Cluster> {
  const {
    outside: {signal},
    options: {k3sImage, speed},
    view,
  } = app;
  if (provider.id !== 'sandbox' && speed !== undefined)
    throw usage('--speed is for simulated clusters: only --provider sandbox takes it.');
  const looking = lookAhead(app, {provider: provider.id, cluster: name, asked: true});
  const found = await findOwn(provider, name, signal);
  const {unfinished} = found ?? {};
  if (found?.image !== undefined) checkImage(app, found, found.image);
  if (unfinished && unfinished.by === undefined)
    view.report({type: 'cluster-unfinished', cluster: name, doing: unfinished.doing});
  await preflight(app, await looking, found);
  if (!found?.running) {
    const wanted = {
      agents: agents ?? defaultAgents,
      ...(k3sImage === undefined ? {} : {image: k3sImage}),
      ...(speed === undefined ? {} : {speed}),
    };
    const task =
      found && (!unfinished || unfinished.doing === 'start')
        ? {code: 'start-cluster' as const, name}
        : {code: 'create-cluster' as const, name, agents: wanted.agents};
    await view.task(task, progress => provider.create(name, wanted, progress, signal));
  }
  const cluster = await provider.connect(name, signal);
  try {
    if (found?.running && !(await answers(cluster, signal)))
      await view.task({code: 'start-cluster', name}, progress =>
        provider.create(name, {agents: defaultAgents}, progress, signal),
      );
    await checkAsAsked(cluster, {speed, agents}, signal);
  } catch (error) {
    await cluster.close();
    throw error;
  }
  if (provider.id === 'sandbox') view.report({type: 'simulated', speed: cluster.speed ?? 1});
  return cluster;
}

/** The containers of one that runs may have been started by nobody but Docker, a moment ago. */
async function answers({api}: Cluster, signal: AbortSignal): Promise<boolean> {
  try {
    await api.version(signal);
    return true;
  } catch (error) {
    if (isExpected(error) && error.code === 'cluster-unreachable') return false;
    throw error;
  }
}

/** An image that has lost its name since, as when another one got it, is known by its digest alone: nothing is said of that. */
function checkImage(
  {options: {k3sImage}}: App,
  {name, provider, unfinished}: ClusterInfo,
  image: string,
): void {
  const renewed = unfinished && unfinished.doing !== 'start';
  if (renewed || k3sImage === undefined || k3sImage === image || !/[:/]/.test(image)) return;
  throw new ExpectedError('cluster-differs', {cluster: name, provider, option: `--k3s-image ${image}`});
}

/** What a cluster is made with it keeps. */
async function checkAsAsked(
  {name: cluster, provider, speed = 1, nodes}: Cluster,
  asked: {speed: number | undefined; agents: number | undefined},
  signal: AbortSignal,
): Promise<void> {
  const differs = (option: string) => new ExpectedError('cluster-differs', {cluster, provider, option});
  if (asked.speed !== undefined && asked.speed !== speed) throw differs(`--speed ${speed}`);
  if (asked.agents === undefined) return;
  const agents = (await nodes.list(signal)).filter(({role}) => role === 'agent').length;
  if (asked.agents !== agents) throw differs(`--agents ${agents}`);
}

const usage = (detail: string) => new ExpectedError('usage', {detail}, {exitCode: exitCodes.usage});

async function questionOf(
  {options, outside}: App,
  provider: Provider,
  context: string,
  lab: ClusterWish['lab'],
): Promise<Question> {
  const {server} = (await provider.list(outside.signal)).find(({name}) => name === context) ?? {};
  return {
    code: 'use-context',
    context,
    ...(server === undefined ? {} : {server}),
    namespace: namespaceOf(lab),
    ...(lab.needs?.hostPath ? {directory: nodeDirectoryOf(lab)} : {}),
    consented: options.allowNodeOperations === true,
  };
}

async function useContext(app: App, provider: Provider, {lab, create, last}: ClusterWish): Promise<Cluster> {
  const context = app.options.context ?? (last?.provider === 'context' ? last.cluster : '');
  const agreed = last?.provider === 'context' && last.cluster === context;
  if (!agreed && context !== '' && !(await app.view.confirm(await questionOf(app, provider, context, lab))))
    throw new ExpectedError('context-refused', {context}, {exitCode: exitCodes.usage});
  const looking = lookAhead(app, {provider: provider.id, cluster: context, asked: true});
  const cluster = await provider.connect(context, app.outside.signal);
  try {
    if (create) await preflight(app, await looking, {running: true});
    return cluster;
  } catch (error) {
    await cluster.close();
    throw error;
  }
}
