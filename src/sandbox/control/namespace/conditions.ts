import type {NamespaceCondition} from 'kubernetes-types/core/v1.d.ts';
import {timestamp} from '../../timestamps.ts';
import type {Remaining} from './content.ts';

/**
 * What a namespace says while it is being emptied. Of its Pods it says nothing, as in Kubernetes.
 * @param now milliseconds since the epoch
 */
export function deletionConditions(
  before: readonly NamespaceCondition[],
  now: number,
  remaining: readonly Remaining[] = [],
): NamespaceCondition[] {
  return [
    fine('NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'),
    fine(
      'NamespaceDeletionGroupVersionParsingFailure',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    fine(
      'NamespaceDeletionContentFailure',
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ),
    content(remaining),
    finalizers(remaining),
  ].map(said => {
    const known = before.find(({type}) => type === said.type);
    const lastTransitionTime = known?.status === said.status ? known.lastTransitionTime : undefined;
    return {...said, lastTransitionTime: lastTransitionTime ?? timestamp(now)};
  });
}

const fine = (type: string, reason: string, message: string) => ({type, status: 'False', reason, message});

function content(remaining: readonly Remaining[]) {
  const type = 'NamespaceContentRemaining';
  if (remaining.length === 0) return fine(type, 'ContentRemoved', 'All content successfully removed');
  const counts = remaining.map(({resource, count}) => `${resource} has ${count} resource instances`);
  const message = `Some resources are remaining: ${counts.toSorted().join(', ')}`;
  return {type, status: 'True', reason: 'SomeResourcesRemain', message};
}

function finalizers(remaining: readonly Remaining[]) {
  const type = 'NamespaceFinalizersRemaining';
  const counts = new Map<string, number>();
  for (const [finalizer, count] of remaining.flatMap(({finalizers}) => [...finalizers]))
    counts.set(finalizer, (counts.get(finalizer) ?? 0) + count);
  if (counts.size === 0)
    return fine(type, 'ContentHasNoFinalizers', 'All content-preserving finalizers finished');
  const held = [...counts].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`);
  const message = `Some content in the namespace has finalizers remaining: ${held.toSorted().join(', ')}`;
  return {type, status: 'True', reason: 'SomeFinalizersRemain', message};
}
