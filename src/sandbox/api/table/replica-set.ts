import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf, wide} from './table.ts';
import {labelSelector} from './text.ts';
import {templateCells, templateColumns} from './workload.ts';

export const replicaSets: TableOf<'replicasets.apps'> = {
  columns: [
    nameColumn,
    column('Desired', 'integer'),
    column('Current', 'integer'),
    column('Ready', 'integer'),
    ageColumn,
    ...templateColumns,
    wide('Selector'),
  ],
  cells: ({metadata, spec, status}, now) => [
    metadata.name,
    spec?.replicas ?? 0,
    status?.replicas ?? 0,
    status?.readyReplicas ?? 0,
    age(metadata.creationTimestamp, now),
    ...templateCells(spec?.template),
    labelSelector(spec?.selector),
  ],
};
