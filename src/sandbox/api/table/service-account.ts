import {age} from './age.ts';
import {ageColumn, nameColumn, type TableOf} from './table.ts';

export const serviceAccounts: TableOf<'serviceaccounts'> = {
  columns: [nameColumn, ageColumn],
  cells: ({metadata}, now) => [metadata.name, age(metadata.creationTimestamp, now)],
};
