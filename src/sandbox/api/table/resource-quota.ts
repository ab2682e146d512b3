import type {ResourceQuota} from 'kubernetes-types/core/v1.d.ts';
import type {Stored} from '../../objects.ts';
import {age} from './age.ts';
import {ageColumn, column, nameColumn, type Table} from './table.ts';

export const resourceQuotas: Table<Stored<ResourceQuota>> = {
  columns: [nameColumn, column('Request'), column('Limit'), ageColumn],
  cells: ({metadata, status}, now) => {
    const {hard = {}, used = {}} = status ?? {};
    const usage = Object.keys(hard)
      .sort()
      .map(resource => `${resource}: ${used[resource] ?? '0'}/${hard[resource]}`);
    const limits = (cell: string) => cell.startsWith('limits.');
    return [
      metadata.name,
      usage.filter(cell => !limits(cell)).join(', '),
      usage.filter(limits).join(', '),
      age(metadata.creationTimestamp, now),
    ];
  },
};
