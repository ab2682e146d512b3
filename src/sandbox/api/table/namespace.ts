import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf} from './table.ts';

export const namespaces: TableOf<'namespaces'> = {
  columns: [nameColumn, column('Status'), ageColumn],
  cells: ({metadata, status}, now) => [
    metadata.name,
    status?.phase ?? '',
    age(metadata.creationTimestamp, now),
  ],
};
