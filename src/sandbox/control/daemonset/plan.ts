import type {SandboxClock} from '../../clock.ts';
import type {Of} from '../../objects.ts';
import {scaled} from '../workload/int-or-percent.ts';
import {isAvailable, isFinished, isTerminating, type Pod} from '../workload/pods.ts';
import {nodeOf, placementOn} from './placement.ts';

export type DaemonSet = Of<'daemonsets.apps'>;
export const revisionLabel = 'controller-revision-hash';

/** A node, and the daemons on it, the oldest first. */
export interface Place {
  node: string;
  mayStart: boolean;
  mayStay: boolean;
  pods: readonly Pod[];
}

export interface Plan {
  /** Names of nodes that lack a Pod. */
  create: string[];
  delete: Pod[];
  /** Ended by themselves, though they should run for ever. They are deleted too. */
  finished: {pod: Pod; node: string}[];
}

/** Nodes that are known, and their daemons. */
export function placesOf({spec}: DaemonSet, nodes: readonly Of<'nodes'>[], pods: readonly Pod[]): Place[] {
  const byNode = Map.groupBy(pods, pod => nodeOf(pod) ?? '');
  return nodes.map(node => ({
    node: node.metadata.name,
    ...placementOn(node, spec?.template ?? {}),
    pods: (byNode.get(node.metadata.name) ?? []).toSorted(olderFirst),
  }));
}

const olderFirst = ({metadata: one}: Pod, {metadata: other}: Pod) =>
  Date.parse(one.creationTimestamp) - Date.parse(other.creationTimestamp) || (one.name < other.name ? -1 : 1);

/**
 * One Pod for each node that fits, none elsewhere, and then as many of an older template replaced as may be
 * unavailable. A Pod that is going away holds its place until it is gone.
 * @param hash the template's revision
 */
export function plan(set: DaemonSet, places: readonly Place[], hash: string, clock: SandboxClock): Plan {
  const create = places.filter(({mayStart, pods}) => mayStart && pods.length === 0).map(({node}) => node);
  const finished = places.flatMap(({node, mayStay, pods}) =>
    mayStay ? pods.filter(isOver).map(pod => ({pod, node})) : [],
  );
  const surplus = places.flatMap(({mayStay, pods}) => {
    const running = pods.filter(pod => !isTerminating(pod) && (!mayStay || !isFinished(pod)));
    return mayStay ? running.slice(1) : running;
  });
  const going = new Set([...surplus, ...finished.map(({pod}) => pod)]);
  return {create, finished, delete: [...surplus, ...outdated(set, places, hash, going, clock)]};
}

const isOver = (pod: Pod) => isFinished(pod) && !isTerminating(pod);

/** Those that are not available anyway, and as many of the others as the update may take away at a time. */
function outdated(
  {spec}: DaemonSet,
  places: readonly Place[],
  hash: string,
  going: ReadonlySet<Pod>,
  clock: SandboxClock,
): Pod[] {
  if (spec?.updateStrategy?.type === 'OnDelete') return [];
  const wanted = places.filter(({mayStart}) => mayStart);
  const isFine = (pod: Pod) =>
    !isTerminating(pod) && !going.has(pod) && isAvailable(pod, spec?.minReadySeconds ?? 0, clock);
  const unavailable = wanted.filter(({pods}) => !pods.some(isFine)).length;
  const most = scaled(spec?.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1, wanted.length, Math.ceil);
  const old = wanted
    .flatMap(({pods}) => pods)
    .filter(pod => !isTerminating(pod) && !going.has(pod) && pod.metadata.labels?.[revisionLabel] !== hash);
  const fine = old.filter(isFine).slice(0, Math.max(0, most - unavailable));
  return [...old.filter(pod => !isFine(pod)), ...fine];
}
