import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf, wide} from './table.ts';
import {unset} from './text.ts';
import {accessModes, phase} from './volume.ts';

export const persistentVolumes: TableOf<'persistentvolumes'> = {
  columns: [
    nameColumn,
    column('Capacity'),
    column('Access Modes'),
    column('Reclaim Policy'),
    column('Status'),
    column('Claim'),
    column('StorageClass'),
    column('VolumeAttributesClass'),
    column('Reason'),
    ageColumn,
    wide('VolumeMode'),
  ],
  cells: ({metadata, spec, status}, now) => [
    metadata.name,
    String(spec?.capacity?.storage ?? '0'),
    accessModes(spec?.accessModes),
    spec?.persistentVolumeReclaimPolicy ?? '',
    phase(metadata, status),
    spec?.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '',
    spec?.storageClassName ?? metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? '',
    spec?.volumeAttributesClassName ?? unset,
    status?.reason ?? '',
    age(metadata.creationTimestamp, now),
    spec?.volumeMode ?? unset,
  ],
};
