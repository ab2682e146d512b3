import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf, wide} from './table.ts';
import {unset} from './text.ts';
import {accessModes, phase} from './volume.ts';

export const persistentVolumeClaims: TableOf<'persistentvolumeclaims'> = {
  columns: [
    nameColumn,
    column('Status'),
    column('Volume'),
    column('Capacity'),
    column('Access Modes'),
    column('StorageClass'),
    column('VolumeAttributesClass'),
    ageColumn,
    wide('VolumeMode'),
  ],
  cells: ({metadata, spec, status}, now) => [
    metadata.name,
    phase(metadata, status),
    spec?.volumeName ?? '',
    // Known once there is a volume.
    spec?.volumeName ? String(status?.capacity?.storage ?? '0') : '',
    spec?.volumeName ? accessModes(status?.accessModes) : '',
    spec?.storageClassName ?? metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? '',
    spec?.volumeAttributesClassName ?? unset,
    age(metadata.creationTimestamp, now),
    spec?.volumeMode ?? unset,
  ],
};
