import type {Scale} from '../subresources/scale-object.ts';
import {age} from './age.ts';
import {ageColumn, column, type Table} from './table.ts';

/** The subresource of Deployments, ReplicaSets and StatefulSets. */
export const scales: Table<Scale> = {
  columns: [column('Name'), column('Desired', 'integer'), column('Available', 'integer'), ageColumn],
  cells: ({metadata, spec, status}, now) => [
    metadata.name,
    spec.replicas ?? 0,
    status.replicas,
    age(metadata.creationTimestamp, now),
  ],
};
