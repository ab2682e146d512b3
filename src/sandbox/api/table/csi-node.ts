import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf} from './table.ts';

export const csiNodes: TableOf<'csinodes.storage.k8s.io'> = {
  columns: [nameColumn, column('Drivers', 'integer'), ageColumn],
  cells: ({metadata, spec}, now) => [
    metadata.name,
    spec.drivers?.length ?? 0,
    age(metadata.creationTimestamp, now),
  ],
};
