import {column, nameColumn, type Table} from './table.ts';

/** For resources that no printer knows. */
export const byDefault: Table = {
  columns: [nameColumn, column('Created At', 'date')],
  cells: ({metadata}) => [metadata.name, metadata.creationTimestamp],
};
