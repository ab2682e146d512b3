import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf} from './table.ts';

export const storageClasses: TableOf<'storageclasses.storage.k8s.io'> = {
  columns: [
    nameColumn,
    column('Provisioner'),
    column('ReclaimPolicy'),
    column('VolumeBindingMode'),
    column('AllowVolumeExpansion'),
    ageColumn,
  ],
  cells: ({metadata, provisioner, reclaimPolicy, volumeBindingMode, allowVolumeExpansion}, now) => [
    isDefault(metadata.annotations) ? `${metadata.name} (default)` : metadata.name,
    provisioner,
    reclaimPolicy ?? 'Delete',
    volumeBindingMode ?? 'Immediate',
    allowVolumeExpansion ?? false,
    age(metadata.creationTimestamp, now),
  ],
};

const isDefault = (annotations: Readonly<Record<string, string>> = {}) =>
  annotations['storageclass.kubernetes.io/is-default-class'] === 'true' ||
  annotations['storageclass.beta.kubernetes.io/is-default-class'] === 'true';
