import type {NodeSelector, NodeSelectorTerm} from 'kubernetes-types/core/v1.d.ts';
import {meets} from './label-selector.ts';
import type {Of} from './objects.ts';

/** Does one of the terms choose the node? A term without any requirement chooses none. */
export const selectsNode = ({nodeSelectorTerms}: NodeSelector, node: Of<'nodes'>) =>
  nodeSelectorTerms.some(term => termSelects(term, node));

export function termSelects(
  {matchExpressions = [], matchFields = []}: NodeSelectorTerm,
  {metadata: {name, labels = {}}}: Of<'nodes'>,
): boolean {
  if (matchExpressions.length + matchFields.length === 0) return false;
  return (
    matchExpressions.every(requirement => meets(requirement, labels)) &&
    matchFields.every(requirement => meets(requirement, {'metadata.name': name}))
  );
}
