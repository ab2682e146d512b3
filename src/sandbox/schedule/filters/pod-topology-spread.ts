import type {TopologySpreadConstraint} from 'kubernetes-types/core/v1.d.ts';
import {selects} from '../../label-selector.ts';
import {isTolerated} from '../../taints.ts';
import {neighboursChanged, nodeChanged} from '../changes.ts';
import type {ClusterState, NodeState, Pod} from '../cluster-state.ts';
import {type Filter, never, notNow} from '../filter.ts';
import {nodeAffinity} from './node-affinity.ts';

/** Constraints that say DoNotSchedule: no domain may have more than maxSkew Pods above the emptiest one. */
export const podTopologySpread: Filter = {
  name: 'PodTopologySpread',
  prepare(pod, cluster) {
    const constraints = (pod.spec?.topologySpreadConstraints ?? []).filter(
      ({whenUnsatisfiable}) => whenUnsatisfiable === 'DoNotSchedule',
    );
    if (constraints.length === 0) return undefined;
    const keys = constraints.map(({topologyKey}) => topologyKey);
    const counted = constraints.map(constraint => ({constraint, ...count(constraint, keys, pod, cluster)}));
    return {
      check({node}) {
        for (const {constraint, perDomain, least} of counted) {
          const domain = node.metadata.labels?.[constraint.topologyKey];
          if (domain === undefined) return never(`${unequal} (missing required label)`);
          const own = selects(constraint.labelSelector, pod.metadata.labels) ? 1 : 0;
          if ((perDomain.get(domain) ?? 0) + own - least > constraint.maxSkew) return notNow(unequal);
        }
        return undefined;
      },
    };
  },
  mayHelp: change => neighboursChanged(change) || nodeChanged(change, ({metadata}) => metadata.labels),
};

const unequal = "node(s) didn't match pod topology spread constraints";

/** How many Pods of the constraint are in each domain, of the nodes that the Pod could go to. */
function count(
  constraint: TopologySpreadConstraint,
  keys: readonly string[],
  pod: Pod,
  cluster: ClusterState,
): {perDomain: Map<string, number>; least: number} {
  const perDomain = new Map<string, number>();
  const affinity = nodeAffinity.prepare(pod, cluster);
  for (const state of cluster.nodes()) {
    const labels = state.node.metadata.labels ?? {};
    const domain = labels[constraint.topologyKey];
    if (domain === undefined || !keys.every(key => key in labels)) continue;
    if (
      constraint.nodeAffinityPolicy !== 'Ignore' &&
      affinity &&
      'check' in affinity &&
      affinity.check(state)
    )
      continue;
    if (constraint.nodeTaintsPolicy === 'Honor' && !toleratesAll(pod, state)) continue;
    perDomain.set(domain, (perDomain.get(domain) ?? 0) + matching(constraint, pod, state));
  }
  const enough = perDomain.size >= (constraint.minDomains ?? 1);
  return {perDomain, least: enough ? Math.min(...perDomain.values()) : 0};
}

const toleratesAll = (pod: Pod, {node}: NodeState) =>
  (node.spec?.taints ?? []).every(
    taint => taint.effect === 'PreferNoSchedule' || isTolerated(taint, pod.spec?.tolerations),
  );

/** Pods of the same namespace that the constraint chooses and that are not going away. */
export const matching = ({labelSelector}: TopologySpreadConstraint, pod: Pod, {pods}: NodeState) =>
  [...pods.values()].filter(
    ({metadata}) =>
      metadata.namespace === pod.metadata.namespace &&
      !metadata.deletionTimestamp &&
      selects(labelSelector, metadata.labels),
  ).length;
