import type {CSIDriver} from 'kubernetes-types/storage/v1.d.ts';
import type {Stored} from '../../objects.ts';
import {age} from './age.ts';
import {ageColumn, column, nameColumn, type Table} from './table.ts';
import {none, unset} from './text.ts';

export const csiDrivers: Table<Stored<CSIDriver>> = {
  columns: [
    nameColumn,
    column('AttachRequired', 'boolean'),
    column('PodInfoOnMount', 'boolean'),
    column('StorageCapacity', 'boolean'),
    column('TokenRequests'),
    column('RequiresRepublish', 'boolean'),
    column('Modes'),
    ageColumn,
  ],
  cells: ({metadata, spec}, now) => [
    metadata.name,
    spec.attachRequired ?? true,
    spec.podInfoOnMount ?? false,
    spec.storageCapacity ?? false,
    spec.tokenRequests?.map(({audience}) => audience).join(',') || unset,
    spec.requiresRepublish ?? false,
    spec.volumeLifecycleModes?.join(',') || none,
    age(metadata.creationTimestamp, now),
  ],
};
