import type {PodAffinityTerm} from 'kubernetes-types/core/v1.d.ts';
import {selects} from '../../label-selector.ts';
import type {Registry} from '../../registry/registry.ts';
import type {Pod} from '../cluster-state.ts';

/** Does an affinity term of `owner` speak of `other`? Its namespaces are the owner's own unless it names some. */
export function speaksOf(registry: Registry, term: PodAffinityTerm, owner: Pod, other: Pod): boolean {
  return isInNamespace(registry, term, owner, other) && selects(term.labelSelector, other.metadata.labels);
}

function isInNamespace(
  registry: Registry,
  {namespaces = [], namespaceSelector}: PodAffinityTerm,
  owner: Pod,
  other: Pod,
): boolean {
  const {namespace = ''} = other.metadata;
  if (namespaces.length === 0 && !namespaceSelector) return namespace === owner.metadata.namespace;
  if (namespaces.includes(namespace)) return true;
  return selects(namespaceSelector, registry.get('namespaces', undefined, namespace)?.metadata.labels);
}
