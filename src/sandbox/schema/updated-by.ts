import type {KubeObject, Stored} from '../objects.ts';
import type {ResourceType} from '../registry/resource-type.ts';
import {timestamp} from '../timestamps.ts';
import {difference, isEmpty, noFields, union} from './apply/field-set.ts';
import {differenceOf} from './apply/fields.ts';
import {withoutIdentity} from './apply/identity.ts';
import {managed, managersOf, sameManager, unmanaged} from './apply/managers.ts';
import {groupVersion, typeOfKind} from './types.ts';

/**
 * An object that somebody creates, updates or patches, with its managedFields: what they changed is theirs from
 * now on. Server-side apply tells by it whose fields it would overwrite.
 * @param before undefined when the object is created
 * @param after may bring managedFields of its own: they count instead of `before`'s
 */
export function updatedBy(
  before: Stored | undefined,
  after: KubeObject,
  type: ResourceType,
  {manager, subresource, now}: {manager: string; subresource?: 'status' | 'scale'; now: number},
): KubeObject {
  const root = {type: typeOfKind(type) ?? ''};
  const written = subresource === undefined ? withStatusOf(before, after, type) : after;
  const {changed, added, removed} = differenceOf(before && unmanaged(before), unmanaged(written), root);
  const managers = managersOf(after.metadata?.managedFields ? after : before);
  const taken = withoutIdentity(union(changed, added));
  if (isEmpty(taken) && isEmpty(removed)) return managed(after, managers);
  const me = {name: manager, operation: 'Update', apiVersion: groupVersion(type), subresource} as const;
  const lost = union(union(changed, added), removed);
  const mine = managers.find(one => sameManager(one, me));
  const others = managers.filter(one => one !== mine);
  const fields = union(difference(mine?.fields ?? noFields, removed), taken);
  return managed(after, [
    ...others.map(other => ({...other, fields: difference(other.fields, lost)})),
    {...me, time: isEmpty(taken) ? mine?.time : timestamp(now), fields},
  ]);
}

/** A status that only its subresource writes is not written by what a client says of it elsewhere. */
function withStatusOf(before: Stored | undefined, after: KubeObject, type: ResourceType): KubeObject {
  if (!('status' in type.subresources)) return after;
  const {status: _, ...rest} = after;
  const {status} = (before ?? {}) as KubeObject;
  return {...rest, ...(status !== undefined && {status})};
}
