import type {ObjectMeta, OwnerReference} from 'kubernetes-types/meta/v1.d.ts';
import type {StatusCause} from '../status-error.ts';
import {forbiddenValue, invalidValue, required, tooLong} from './causes.ts';
import {labelValue, type NameRule, qualifiedName} from './names.ts';

/** What the real API server checks of every object's metadata, in its order. */
export function validateMetadata(meta: ObjectMeta, nameRule: NameRule): StatusCause[] {
  return [
    ...generateNameCauses(meta, nameRule),
    ...nameCauses(meta, nameRule),
    ...labelCauses(meta.labels ?? {}),
    ...annotationCauses(meta.annotations ?? {}),
    ...ownerCauses(meta.ownerReferences ?? []),
    ...finalizerCauses(meta.finalizers ?? []),
  ];
}

/** What an update may not do to the metadata. */
export function validateMetadataUpdate(meta: ObjectMeta, before: ObjectMeta): StatusCause[] {
  const moved = (field: 'deletionTimestamp' | 'deletionGracePeriodSeconds') =>
    meta[field] === before[field]
      ? []
      : [invalidValue(`metadata.${field}`, meta[field], 'field is immutable')];
  return [
    ...newFinalizerCauses(meta, before),
    ...moved('deletionTimestamp'),
    ...moved('deletionGracePeriodSeconds'),
  ];
}

/** A generated name goes on behind a dash, so that the dash at its end is no fault. */
const generateNameCauses = ({generateName}: ObjectMeta, rule: NameRule) =>
  generateName === undefined || generateName === ''
    ? []
    : rule(generateName.replace(/-$/, 'a')).map(why =>
        invalidValue('metadata.generateName', generateName, why),
      );

function nameCauses({name}: ObjectMeta, rule: NameRule): StatusCause[] {
  if (name === undefined || name === '')
    return [required('metadata.name', 'name or generateName is required')];
  return rule(name).map(why => invalidValue('metadata.name', name, why));
}

const labelCauses = (labels: Record<string, string>) =>
  Object.entries(labels).flatMap(([key, value]) => [
    ...qualifiedName(key).map(why => invalidValue('metadata.labels', key, why)),
    ...labelValue(value).map(why => invalidValue('metadata.labels', value, why)),
  ]);

/** Of all keys and values together, in bytes. */
const annotationLimit = 256 * 1024;

function annotationCauses(annotations: Record<string, string>): StatusCause[] {
  const entries = Object.entries(annotations);
  const size = entries.reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  return [
    ...entries.flatMap(([key]) =>
      qualifiedName(key.toLowerCase()).map(why => invalidValue('metadata.annotations', key, why)),
    ),
    ...(size > annotationLimit ? [tooLong('metadata.annotations', annotationLimit)] : []),
  ];
}

function ownerCauses(owners: readonly OwnerReference[]): StatusCause[] {
  const field = 'metadata.ownerReferences';
  const controllers = owners.filter(({controller}) => controller === true);
  const [first, second] = controllers.map(({kind, name}) => `${kind}/${name}`);
  const twice = `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${second}`;
  return [
    ...owners.flatMap(ownerFieldCauses),
    ...(controllers.length > 1 ? [invalidValue(field, owners, twice)] : []),
  ];
}

function ownerFieldCauses(owner: OwnerReference): StatusCause[] {
  const field = 'metadata.ownerReferences';
  const empty = (name: 'apiVersion' | 'kind' | 'name' | 'uid', why: string) =>
    owner[name] ? [] : [invalidValue(`${field}.${name}`, owner[name] ?? '', why)];
  const event = owner.apiVersion === 'v1' && owner.kind === 'Event';
  return [
    ...empty('apiVersion', 'version must not be empty'),
    ...empty('kind', 'must not be empty'),
    ...empty('name', 'must not be empty'),
    ...empty('uid', 'must not be empty'),
    ...(event ? [invalidValue(field, owner, '/v1, Kind=Event is disallowed from being an owner')] : []),
  ];
}

const standardFinalizers = ['kubernetes', 'orphan', 'foregroundDeletion'];

const finalizerCauses = (finalizers: readonly string[]) =>
  finalizers.flatMap((finalizer, index) => {
    const faults = qualifiedName(finalizer).map(why => invalidValue('metadata.finalizers', finalizer, why));
    if (faults.length > 0 || finalizer.includes('/') || standardFinalizers.includes(finalizer)) return faults;
    const why = 'name is neither a standard finalizer name nor is it fully qualified';
    return [invalidValue(`metadata.finalizers[${index}]`, finalizer, why)];
  });

function newFinalizerCauses(meta: ObjectMeta, before: ObjectMeta): StatusCause[] {
  if (before.deletionTimestamp === undefined) return [];
  const added = (meta.finalizers ?? []).filter(finalizer => !before.finalizers?.includes(finalizer)).sort();
  if (added.length === 0) return [];
  const found = `[]string{${added.map(finalizer => JSON.stringify(finalizer)).join(', ')}}`;
  const why = `no new finalizers can be added if the object is being deleted, found new finalizers ${found}`;
  return [forbiddenValue('metadata.finalizers', why)];
}
