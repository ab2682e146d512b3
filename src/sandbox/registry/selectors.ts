import type {ResourceId, Stored} from '../objects.ts';
import {parseFieldSelector} from './field-selectors.ts';
import {parseLabelSelector} from './label-selectors.ts';
import type {Change} from './registry.ts';
import {atVersion} from './versions.ts';

export type Selection = (object: Stored) => boolean;

/** What a list or a watch asks for, as in the URL. */
export interface Selectors {
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
}

/** @throws StatusError BadRequest when one cannot be parsed, or the resource has no such field */
export function selection(
  resource: ResourceId,
  {labelSelector = '', fieldSelector = ''}: Selectors,
): Selection {
  const labels = parseLabelSelector(labelSelector);
  const fields = parseFieldSelector(resource, fieldSelector);
  return object => labels(object.metadata.labels ?? {}) && fields(object);
}

/**
 * What a change means to somebody who sees only the selected objects: one that left the selection is DELETED as it
 * was, one that entered it is ADDED. Undefined when they see nothing of it.
 */
export function selectChange(change: Change, selects: Selection): Change | undefined {
  const {before, object, ...rest} = change;
  const was = before !== undefined && selects(before);
  const is = change.type !== 'DELETED' && selects(object);
  if (was && is) return change;
  if (is) return {...rest, type: 'ADDED', object};
  return was ? {...rest, type: 'DELETED', object: atVersion(before, change.version), before} : undefined;
}
