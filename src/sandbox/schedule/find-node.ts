import type {ClusterState, Node, NodeState, Pod} from './cluster-state.ts';
import {type Filter, never, type Prepared, type Rejection} from './filter.ts';
import {filters} from './filters/index.ts';
import {bestNode} from './score.ts';
import {unschedulableMessage} from './unschedulable-message.ts';

export type Decision =
  | {node: Node}
  /** @property rejectedBy the filters that had something against a node: what they look at may change */
  | {message: string; rejectedBy: ReadonlySet<Filter>};

/** Where should the Pod run, as things are? Pure. */
export function findNode(pod: Pod, cluster: ClusterState): Decision {
  const nodes = cluster.nodes();
  if (nodes.length === 0) return {message: 'no nodes available to schedule pods', rejectedBy: new Set()};
  const prepared = new Map<Filter, Exclude<Prepared, {rejected: string}>>();
  for (const filter of filters) {
    const found = filter.prepare(pod, cluster);
    if (!found) continue;
    if ('rejected' in found)
      return {
        message: `0/${nodes.length} nodes are available: ${found.rejected}. not found`,
        rejectedBy: new Set([filter]),
      };
    prepared.set(filter, found);
  }
  return decide(pod, cluster, nodes, prepared);
}

function decide(
  pod: Pod,
  cluster: ClusterState,
  nodes: readonly NodeState[],
  prepared: ReadonlyMap<Filter, Exclude<Prepared, {rejected: string}>>,
): Decision {
  const fitting: NodeState[] = [];
  const rejections: Rejection[] = [];
  const rejectedBy = new Set<Filter>();
  for (const state of nodes) {
    const rejected = firstRejection(state, prepared);
    if (!rejected) fitting.push(state);
    else {
      rejections.push(rejected.rejection);
      rejectedBy.add(rejected.filter);
    }
  }
  const best = bestNode(pod, fitting, cluster);
  return best ? {node: best.node} : {message: unschedulableMessage(rejections), rejectedBy};
}

function firstRejection(
  state: NodeState,
  prepared: ReadonlyMap<Filter, Exclude<Prepared, {rejected: string}>>,
): {filter: Filter; rejection: Rejection} | undefined {
  for (const [filter, {only}] of prepared)
    if (only && !only.has(state.node.metadata.name))
      return {filter, rejection: never(`node(s) didn't satisfy plugin(s) [${filter.name}]`)};
  for (const [filter, {check}] of prepared) {
    const rejection = check(state);
    if (rejection) return {filter, rejection};
  }
  return undefined;
}
