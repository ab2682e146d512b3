import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf, wide} from './table.ts';
import {labelSelector, labels} from './text.ts';
import {templateCells, templateColumns} from './workload.ts';

export const daemonSets: TableOf<'daemonsets.apps'> = {
  columns: [
    nameColumn,
    column('Desired', 'integer'),
    column('Current', 'integer'),
    column('Ready', 'integer'),
    column('Up-to-date', 'integer'),
    column('Available', 'integer'),
    column('Node Selector'),
    ageColumn,
    ...templateColumns,
    wide('Selector'),
  ],
  cells: ({metadata, spec, status}, now) => [
    metadata.name,
    status?.desiredNumberScheduled ?? 0,
    status?.currentNumberScheduled ?? 0,
    status?.numberReady ?? 0,
    status?.updatedNumberScheduled ?? 0,
    status?.numberAvailable ?? 0,
    labels(spec?.template.spec?.nodeSelector),
    age(metadata.creationTimestamp, now),
    ...templateCells(spec?.template),
    labelSelector(spec?.selector),
  ],
};
