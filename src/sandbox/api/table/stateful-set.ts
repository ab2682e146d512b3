import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf} from './table.ts';
import {templateCells, templateColumns} from './workload.ts';

export const statefulSets: TableOf<'statefulsets.apps'> = {
  columns: [nameColumn, column('Ready'), ageColumn, ...templateColumns],
  cells: ({metadata, spec, status}, now) => [
    metadata.name,
    `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
    age(metadata.creationTimestamp, now),
    ...templateCells(spec?.template),
  ],
};
