import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf} from './table.ts';

export const secrets: TableOf<'secrets'> = {
  columns: [nameColumn, column('Type'), column('Data'), ageColumn],
  cells: ({metadata, type, data = {}}, now) => [
    metadata.name,
    type ?? '',
    Object.keys(data).length,
    age(metadata.creationTimestamp, now),
  ],
};
