import type {Clock} from '../engine/ports.ts';
import {ExpectedError} from '../errors.ts';
import type {KubeClient} from '../kube/client.ts';
import type {Scope} from '../kube/list.ts';
import {observe} from '../kube/observe.ts';
import {isReady} from '../world/node.ts';
import type {KubeObject} from '../world/object.ts';

/** How long a cluster may take to become ready once its containers run. Milliseconds. */
const limit = 180_000;

/** What has to be ready before labs can be done. */
export interface Readiness {
  cluster: string;
  nodes: readonly string[];
  /** Deployments of kube-system that labs take for granted: names are found, claims get volumes. */
  services: readonly string[];
}

/**
 * Waits, watching, until the nodes are Ready and the cluster's own services Available.
 * @param progress told whenever less is left, in the words of kubectl
 * @throws ExpectedError `cluster-unready` with what is not ready after three minutes
 */
export async function awaitReady(
  client: KubeClient,
  clock: Clock,
  {cluster, nodes, services}: Readiness,
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const late = AbortSignal.timeout(limit);
  const until = AbortSignal.any([signal, late]);
  const parts: Part[] = [
    {scope: {resource: 'nodes'}, names: nodes, isSo: isReady, wait: 'wait --for=condition=Ready node'},
    {
      scope: {resource: 'deployments.apps', namespace: 'kube-system'},
      names: services,
      isSo: isAvailable,
      wait: '-n kube-system wait --for=condition=Available deployment',
    },
  ];
  const left: string[][] = parts.map(({names}) => [...names]);
  const tell = ({wait}: Part, names: string[]) =>
    names.length > 0 && progress(`kubectl ${wait} ${names.join(' ')}`);
  // One after the other: nothing runs where no node is Ready.
  for (const [index, part] of parts.entries())
    await follow(client, clock, part, until, waiting => {
      left[index] = waiting;
      tell(part, waiting);
    });
  signal.throwIfAborted();
  if (late.aborted) throw new ExpectedError('cluster-unready', {cluster, waiting: left.flat()});
}

interface Part {
  scope: Scope;
  names: readonly string[];
  isSo: (object: KubeObject) => boolean;
  /** What kubectl would be told to do. */
  wait: string;
}

async function follow(
  client: KubeClient,
  clock: Clock,
  {scope, names, isSo}: Part,
  signal: AbortSignal,
  tell: (waiting: string[]) => void,
): Promise<void> {
  const good = new Set<string>();
  let told: number | undefined;
  for await (const sight of observe(client, clock, scope, signal)) {
    if (sight.type === 'blind') continue;
    if (sight.type === 'listed') good.clear();
    const seen = sight.type === 'listed' ? sight.objects : sight.type === 'put' ? [sight.object] : [];
    for (const object of seen) good[isSo(object) ? 'add' : 'delete'](object.metadata.name);
    const waiting = names.filter(name => !good.has(name));
    if (waiting.length !== told) tell(waiting);
    if (waiting.length === 0) return;
    told = waiting.length;
  }
}

function isAvailable({status}: KubeObject): boolean {
  const {conditions = []} = (status ?? {}) as {conditions?: {type: string; status: string}[]};
  return conditions.some(({type, status}) => type === 'Available' && status === 'True');
}
