import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf, wide} from './table.ts';
import {labelSelector} from './text.ts';
import {templateCells, templateColumns} from './workload.ts';

export const deployments: TableOf<'deployments.apps'> = {
  columns: [
    nameColumn,
    column('Ready'),
    column('Up-to-date'),
    column('Available'),
    ageColumn,
    ...templateColumns,
    wide('Selector'),
  ],
  cells: ({metadata, spec, status}, now) => [
    metadata.name,
    `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
    status?.updatedReplicas ?? 0,
    status?.availableReplicas ?? 0,
    age(metadata.creationTimestamp, now),
    ...templateCells(spec?.template),
    labelSelector(spec?.selector),
  ],
};
