import type {PersistentVolumeClaimSpec} from 'kubernetes-types/core/v1.d.ts';
import {dnsSubdomain} from '../../../registry/names.ts';
import type {StatusCause} from '../../../status-error.ts';
import {validateAccessModes} from '../access-modes.ts';
import {amount} from '../amount.ts';
import {invalid, required} from '../field-errors.ts';
import {validateLabelSelector} from '../label-selector.ts';
import {oneOf} from '../one-of.ts';

/** Of a claim, or of a template for claims. */
export function validateClaimSpec(spec: PersistentVolumeClaimSpec, field: string): StatusCause[] {
  const {accessModes = [], selector, resources, storageClassName, volumeMode} = spec;
  return [
    ...(accessModes.length > 0
      ? []
      : [required(`${field}.accessModes`, 'at least 1 access mode is required')]),
    ...(selector ? validateLabelSelector(selector, `${field}.selector`) : []),
    ...validateAccessModes(accessModes, `${field}.accessModes`),
    ...validateRequest(resources?.requests?.storage, `${field}.resources[storage]`),
    ...(storageClassName
      ? dnsSubdomain(storageClassName).map(said =>
          invalid(`${field}.storageClassName`, storageClassName, said),
        )
      : []),
    ...(volumeMode === undefined ? [] : oneOf(`${field}.volumeMode`, volumeMode, ['Block', 'Filesystem'])),
  ];
}

function validateRequest(storage: string | undefined, field: string): StatusCause[] {
  if (storage === undefined) return [required(field, '')];
  return amount(storage) > 0n ? [] : [invalid(field, storage, 'must be greater than zero')];
}
