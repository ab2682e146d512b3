import type {Stored} from '../../objects.ts';
import {age} from './age.ts';
import {ageColumn, column, nameColumn, type Table} from './table.ts';

export const volumeAttributesClasses: Table<Stored<{driverName: string}>> = {
  columns: [nameColumn, column('DriverName'), ageColumn],
  cells: ({metadata, driverName}, now) => [metadata.name, driverName, age(metadata.creationTimestamp, now)],
};
