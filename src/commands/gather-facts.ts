import type {Provider} from '../engine/ports.ts';
import {type ErrorFacts, type ExpectedError, isExpected} from '../errors.ts';
import type {Lab} from '../lab/lab.ts';
import type {Facts, KubectlFacts, Place} from '../preflight/facts.ts';
import type {App} from './app.ts';
import {gatherCluster} from './gather-cluster.ts';
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
  const [machine, {version, broken}, cluster] = await Promise.all([
    gatherMachine(app, place, labs),
    lookAtKubectl(app),
    refusal ? undefined : gatherCluster(app, place, provider, labs),
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
      ...(broken === undefined ? {} : {broken}),
      ...(skew ? {skew} : {}),
    },
    ...(cluster ? {cluster: cluster.facts, toStart: ['none', 'stopped'].includes(cluster.facts.state)} : {}),
  };
}

/** Neither where there is none. */
async function lookAtKubectl({
  commands,
  outside: {signal},
}: App): Promise<Pick<KubectlFacts, 'version' | 'broken'>> {
  try {
    return {version: await commands.kubectlVersion(signal)};
  } catch (error) {
    const {code, facts} = expected(error);
    if (code === 'program-missing') return {};
    if (code !== 'kubectl-broken') throw error;
    return {broken: (facts as ErrorFacts['kubectl-broken']).detail};
  }
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
