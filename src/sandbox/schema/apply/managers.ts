import type {ManagedFieldsEntry} from 'kubernetes-types/meta/v1.d.ts';
import type {KubeObject} from '../../objects.ts';
import {type FieldSet, fromFieldsV1, isEmpty, toFieldsV1} from './field-set.ts';

/** Who wrote which fields of an object: one entry of metadata.managedFields. */
export interface Manager {
  readonly name: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource: string | undefined;
  /** RFC 3339; of the last change of the set. */
  readonly time: string | undefined;
  readonly fields: FieldSet;
}

export const managersOf = (object: KubeObject | undefined): Manager[] =>
  (object?.metadata?.managedFields ?? []).map(entry => ({
    name: entry.manager ?? '',
    operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
    apiVersion: entry.apiVersion ?? '',
    subresource: entry.subresource,
    time: entry.time,
    fields: fromFieldsV1(entry.fieldsV1),
  }));

/** The object with these managers, and without those that have nothing left. */
export function managed(object: KubeObject, managers: readonly Manager[]): KubeObject {
  const managedFields = entriesOf(managers);
  const bare = unmanaged(object);
  return managedFields.length > 0 ? {...bare, metadata: {...bare.metadata, managedFields}} : bare;
}

/** The object without what is known of its managers. */
export function unmanaged({metadata, ...object}: KubeObject): KubeObject {
  const {managedFields: _, ...rest} = metadata ?? {};
  return {...object, metadata: rest};
}

/** In the API's order. */
const entriesOf = (managers: readonly Manager[]): ManagedFieldsEntry[] =>
  managers
    .filter(({fields}) => !isEmpty(fields))
    .toSorted(
      (a, b) =>
        compare(a.operation, b.operation) || compare(a.time ?? '', b.time ?? '') || compare(a.name, b.name),
    )
    .map(({name, operation, apiVersion, subresource, time, fields}) => ({
      manager: name,
      operation,
      apiVersion,
      ...(time !== undefined && {time}),
      fieldsType: 'FieldsV1',
      fieldsV1: toFieldsV1(fields),
      ...(subresource !== undefined && {subresource}),
    }));

/** Of two entries, whether they are the same manager's. */
export const sameManager = (a: Manager, b: Omit<Manager, 'time' | 'fields'>): boolean =>
  a.name === b.name &&
  a.operation === b.operation &&
  a.apiVersion === b.apiVersion &&
  a.subresource === b.subresource;

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
