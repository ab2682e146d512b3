import type {Stored} from '../objects.ts';
import type {Change} from './registry.ts';

/** The same object, frozen, with another resourceVersion. */
export const atVersion = (object: Stored, version: number): Stored =>
  Object.freeze({
    ...object,
    metadata: Object.freeze({...object.metadata, resourceVersion: String(version)}),
  });

/** The change that undoes another one: what was there before comes back as it was. */
export function reversed({type, resource, object, before}: Change, version: number): Change {
  if (type === 'DELETED') return {type: 'ADDED', resource, object: there(before), version};
  if (type === 'MODIFIED') return {type, resource, object: there(before), before: object, version};
  return {type: 'DELETED', resource, object: atVersion(object, version), before: object, version};
}

function there(before: Stored | undefined): Stored {
  if (!before) throw new Error('Only what was added had nothing before.');
  return before;
}
