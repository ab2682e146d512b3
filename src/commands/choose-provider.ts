import type {ClusterInfo, Provider, ProviderId} from '../engine/ports.ts';
import {type ExpectedError, isExpected} from '../errors.ts';
import type {App} from './app.ts';

/** The name of the cluster that statelab makes when none is given. */
export const defaultCluster = 'statelab';

/** Those that make clusters of their own, the most like a real cluster first. The last one works everywhere. */
const own = ['k3d', 'minikube', 'sandbox'] as const satisfies ProviderId[];

/**
 * The provider to work with: what the options say, else one whose cluster of ours runs already, else the first that
 * works on this machine. It has been checked; what was chosen without being asked for is told, with the reason.
 * @throws ExpectedError what `check` of the provider asked for says, or of the first where none works
 */
export async function chooseProvider(app: App): Promise<Provider> {
  const {signal} = app.outside;
  const asked = await askedFor(app);
  if (asked) return asked;
  let first: Provider | undefined;
  const without: Refused[] = [];
  for (const candidate of await ownProviders(app)) {
    const found = 'refusal' in candidate ? candidate : await listed(candidate.provider, signal);
    if ('refusal' in found) without.push(...(first ? [] : [found]));
    else if (hasRunning(found, app.options.cluster ?? defaultCluster)) {
      const {id: provider} = found.provider;
      app.view.report({type: 'provider-chosen', provider, because: 'running', without: []});
      return found.provider;
    } else first ??= found.provider;
  }
  if (!first) throw without[0]?.refusal;
  app.view.report({
    type: 'provider-chosen',
    provider: first.id,
    because: 'usable',
    without: without.map(({provider, refusal}) => ({provider: provider.id, error: refusal})),
  });
  return first;
}

/** A provider and the clusters that it has. */
export interface Listed {
  provider: Provider;
  clusters: ClusterInfo[];
}
/** A provider that cannot be used on this machine, and why. */
export interface Refused {
  provider: Provider;
  refusal: ExpectedError;
}

/**
 * The clusters of the provider asked for, else of all of statelab's own, as far as they can be told.
 * @throws ExpectedError what the provider asked for says
 */
export async function listProviders(app: App): Promise<{listed: Listed[]; refused: Refused[]}> {
  const {signal} = app.outside;
  const asked = await askedFor(app);
  if (asked) return {listed: [{provider: asked, clusters: await asked.list(signal)}], refused: []};
  const all = await Promise.all(
    (await ownProviders(app)).map(one => ('refusal' in one ? one : listed(one.provider, signal))),
  );
  return {
    listed: all.filter(one => 'clusters' in one),
    refused: all.filter(one => 'refusal' in one),
  };
}

async function askedFor(app: App): Promise<Provider | undefined> {
  const asked = chosenProvider(app);
  if (asked === undefined) return undefined;
  const provider = await app.provider(asked);
  await provider.check(app.outside.signal);
  return provider;
}

const ownProviders = async (app: App): Promise<({provider: Provider} | Refused)[]> =>
  Promise.all(
    own.map(async id => {
      const provider = await app.provider(id);
      const {signal} = app.outside;
      return orRefused(provider, signal, async () => {
        await provider.check(signal);
        return {provider};
      });
    }),
  );

export const chosenProvider = ({options}: App): ProviderId | undefined =>
  options.provider ?? (options.context === undefined ? undefined : 'context');

const listed = (provider: Provider, signal: AbortSignal): Promise<Listed | Refused> =>
  orRefused(provider, signal, async () => ({provider, clusters: await provider.list(signal)}));

async function orRefused<T>(
  provider: Provider,
  signal: AbortSignal,
  ask: () => Promise<T>,
): Promise<T | Refused> {
  try {
    return await ask();
  } catch (error) {
    signal.throwIfAborted(); // Ctrl-C is no provider's refusal
    if (!isExpected(error)) throw error;
    return {provider, refusal: error};
  }
}

const hasRunning = ({clusters}: Listed, name: string): boolean =>
  clusters.some(cluster => cluster.name === name && cluster.ours && cluster.running);
