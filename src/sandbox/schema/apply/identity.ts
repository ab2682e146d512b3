import {branches, difference, type FieldSet, thisField} from './field-set.ts';

const named = (...names: string[]): [string, FieldSet][] => names.map(name => [`f:${name}`, thisField]);

const metadata = named(
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'selfLink',
  'managedFields',
);
const identity = branches([
  ...named('apiVersion', 'kind'),
  ['f:metadata', {...thisField, children: new Map(metadata)}],
]);

/** What tells which object it is, and what the API sets about it, belongs to nobody. */
export const withoutIdentity = (set: FieldSet): FieldSet => difference(set, identity);
