import type {Provider, ProviderId} from '../engine/ports.ts';
import {type ExpectedError, isExpected} from '../errors.ts';
import type {App} from './app.ts';

/** The name of the cluster that statelab makes when none is given. */
export const defaultCluster = 'statelab';

/** Those that make clusters of their own, the most like a real cluster first. The last one works everywhere. */
const own = ['k3d', 'minikube', 'sandbox'] as const satisfies ProviderId[];

/**
 * The provider to work with: what the options say, else one whose cluster of ours runs already, else the first that
 * works on this machine. It has been checked; what was chosen without being asked for is told, with the reason.
 * @throws ExpectedError what `check` of the provider asked for says
 */
export async function chooseProvider(app: App): Promise<Provider> {
  const {signal} = app.outside;
  const asked = await askedFor(app);
  if (asked) return asked;
  const candidates = await ownProviders(app);
  const usable = candidates.filter(({refusal}) => refusal === undefined).map(({provider}) => provider);
  for (const provider of usable) {
    if (!(await hasRunning(provider, app.options.cluster ?? defaultCluster, signal))) continue;
    app.view.report({type: 'provider-chosen', provider: provider.id, because: 'running', without: []});
    return provider;
  }
  const [first] = usable;
  if (!first) throw candidates[0]?.refusal;
  const without = candidates.flatMap(({provider, refusal}) =>
    refusal ? [{provider: provider.id, error: refusal}] : [],
  );
  app.view.report({type: 'provider-chosen', provider: first.id, because: 'usable', without});
  return first;
}

/** The provider asked for, else all of statelab's own that work on this machine. */
export async function usableProviders(app: App): Promise<Provider[]> {
  const asked = await askedFor(app);
  if (asked) return [asked];
  const candidates = await ownProviders(app);
  return candidates.filter(({refusal}) => refusal === undefined).map(({provider}) => provider);
}

async function askedFor(app: App): Promise<Provider | undefined> {
  const asked = chosenProvider(app);
  if (asked === undefined) return undefined;
  const provider = await app.provider(asked);
  await provider.check(app.outside.signal);
  return provider;
}

const ownProviders = async (app: App): Promise<{provider: Provider; refusal?: ExpectedError}[]> =>
  Promise.all(own.map(async id => checked(await app.provider(id), app.outside.signal)));

export const chosenProvider = ({options}: App): ProviderId | undefined =>
  options.provider ?? (options.context === undefined ? undefined : 'context');

async function checked(provider: Provider, signal: AbortSignal) {
  try {
    await provider.check(signal);
    return {provider};
  } catch (error) {
    if (!isExpected(error)) throw error;
    return {provider, refusal: error};
  }
}

const hasRunning = async (provider: Provider, name: string, signal: AbortSignal): Promise<boolean> =>
  (await provider.list(signal)).some(cluster => cluster.name === name && cluster.ours && cluster.running);
