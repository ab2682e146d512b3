import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf} from './table.ts';

export const volumeAttachments: TableOf<'volumeattachments.storage.k8s.io'> = {
  columns: [
    nameColumn,
    {...column('Attacher'), format: 'name'},
    column('PV'),
    column('Node'),
    column('Attached', 'boolean'),
    ageColumn,
  ],
  cells: ({metadata, spec, status}, now) => [
    metadata.name,
    spec.attacher,
    spec.source.persistentVolumeName ?? '',
    spec.nodeName,
    status?.attached ?? false,
    age(metadata.creationTimestamp, now),
  ],
};
