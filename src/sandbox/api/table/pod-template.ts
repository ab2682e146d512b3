import type {PodTemplate} from 'kubernetes-types/core/v1.d.ts';
import type {Stored} from '../../objects.ts';
import {column, nameColumn, type Table} from './table.ts';
import {labels} from './text.ts';
import {templateCells} from './workload.ts';

export const podTemplates: Table<Stored<PodTemplate>> = {
  columns: [nameColumn, column('Containers'), column('Images'), column('Pod Labels')],
  cells: ({metadata, template}) => [
    metadata.name,
    ...templateCells(template),
    labels(template?.metadata?.labels),
  ],
};
