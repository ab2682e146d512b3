import type {PodAffinityTerm} from 'kubernetes-types/core/v1.d.ts';
import {neighboursChanged, nodeChanged} from '../changes.ts';
import type {ClusterState, Node, Pod} from '../cluster-state.ts';
import {type Filter, never, notNow} from '../filter.ts';
import {speaksOf} from './pod-terms.ts';

/** Required affinity and anti-affinity between Pods, in both directions. */
export const interPodAffinity: Filter = {
  name: 'InterPodAffinity',
  prepare(pod, cluster) {
    const near = required(pod, 'podAffinity').map(term => topologyOf(term, pod, cluster));
    const far = required(pod, 'podAntiAffinity').map(term => topologyOf(term, pod, cluster));
    const repelled = domainsClosedTo(pod, cluster);
    if (near.length + far.length + repelled.length === 0) return undefined;
    const startsAGroup = near.every(({found, includesItself}) => found.size === 0 && includesItself);
    return {
      check({node}) {
        const labels = node.metadata.labels ?? {};
        const isNear = near.every(({key, found}) => {
          const domain = labels[key];
          return domain !== undefined && (found.has(domain) || startsAGroup);
        });
        if (!isNear) return never("node(s) didn't match pod affinity rules");
        if (far.some(({key, found}) => found.has(labels[key] ?? '')))
          return notNow("node(s) didn't match pod anti-affinity rules");
        return repelled.some(({key, domain}) => labels[key] === domain)
          ? notNow("node(s) didn't satisfy existing pods anti-affinity rules")
          : undefined;
      },
    };
  },
  mayHelp: change => neighboursChanged(change) || nodeChanged(change, ({metadata}) => metadata.labels),
};

const required = ({spec}: Pod, kind: 'podAffinity' | 'podAntiAffinity') =>
  spec?.affinity?.[kind]?.requiredDuringSchedulingIgnoredDuringExecution ?? [];

/** The values of the term's topology label where Pods run that the term speaks of. */
function topologyOf(term: PodAffinityTerm, pod: Pod, cluster: ClusterState) {
  const found = new Set<string>();
  for (const {node, pods} of cluster.nodes()) {
    const domain = node.metadata.labels?.[term.topologyKey];
    if (domain === undefined || found.has(domain)) continue;
    for (const other of pods.values()) if (speaksOf(cluster.registry, term, pod, other)) found.add(domain);
  }
  // The first of a group that wants to be together finds nobody: it may go anywhere if it is one of them itself.
  return {key: term.topologyKey, found, includesItself: speaksOf(cluster.registry, term, pod, pod)};
}

function domainsClosedTo(pod: Pod, cluster: ClusterState) {
  const closed: {key: string; domain: string}[] = [];
  for (const {pod: other, node} of cluster.withAntiAffinity())
    for (const term of required(other, 'podAntiAffinity')) {
      const domain = domainOf(node, term);
      if (domain !== undefined && speaksOf(cluster.registry, term, other, pod))
        closed.push({key: term.topologyKey, domain});
    }
  return closed;
}

const domainOf = (node: Node, {topologyKey}: PodAffinityTerm) => node.metadata.labels?.[topologyKey];
