import type {NetworkPolicy} from 'kubernetes-types/networking/v1.d.ts';
import type {Stored} from '../../objects.ts';
import {age} from './age.ts';
import {ageColumn, column, nameColumn, type Table} from './table.ts';
import {labelSelector} from './text.ts';

export const networkPolicies: Table<Stored<NetworkPolicy>> = {
  columns: [nameColumn, column('Pod-Selector'), ageColumn],
  cells: ({metadata, spec}, now) => [
    metadata.name,
    labelSelector(spec?.podSelector),
    age(metadata.creationTimestamp, now),
  ],
};
