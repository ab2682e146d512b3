import type {PriorityClass} from 'kubernetes-types/scheduling/v1.d.ts';
import type {Stored} from '../../objects.ts';
import {age} from './age.ts';
import {ageColumn, column, nameColumn, type Table} from './table.ts';

export const priorityClasses: Table<Stored<PriorityClass>> = {
  columns: [
    nameColumn,
    column('Value', 'integer'),
    column('Global-Default', 'boolean'),
    ageColumn,
    column('PreemptionPolicy'),
  ],
  cells: ({metadata, value, globalDefault, preemptionPolicy}, now) => [
    metadata.name,
    value,
    globalDefault ?? false,
    age(metadata.creationTimestamp, now),
    preemptionPolicy ?? 'PreemptLowerPriority',
  ],
};
