import type {Stored} from '../../objects.ts';
import {age} from './age.ts';
import {ageColumn, column, nameColumn, type Table} from './table.ts';

export const runtimeClasses: Table<Stored<{handler: string}>> = {
  columns: [nameColumn, column('Handler'), ageColumn],
  cells: ({metadata, handler}, now) => [metadata.name, handler, age(metadata.creationTimestamp, now)],
};
