import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf} from './table.ts';

export const leases: TableOf<'leases.coordination.k8s.io'> = {
  columns: [nameColumn, column('Holder'), ageColumn],
  cells: ({metadata, spec}, now) => [
    metadata.name,
    spec?.holderIdentity ?? '',
    age(metadata.creationTimestamp, now),
  ],
};
