import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf} from './table.ts';

export const configMaps: TableOf<'configmaps'> = {
  columns: [nameColumn, column('Data'), ageColumn],
  cells: ({metadata, data = {}, binaryData = {}}, now) => [
    metadata.name,
    Object.keys(data).length + Object.keys(binaryData).length,
    age(metadata.creationTimestamp, now),
  ],
};
