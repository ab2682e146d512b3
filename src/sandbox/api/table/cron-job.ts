import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf, wide} from './table.ts';
import {booleanText, labelSelector, none} from './text.ts';
import {templateCells, templateColumns} from './workload.ts';

export const cronJobs: TableOf<'cronjobs.batch'> = {
  columns: [
    nameColumn,
    column('Schedule'),
    column('Timezone'),
    column('Suspend', 'boolean'),
    column('Active', 'integer'),
    column('Last Schedule'),
    ageColumn,
    ...templateColumns,
    wide('Selector'),
  ],
  cells: ({metadata, spec, status}, now) => [
    metadata.name,
    spec?.schedule ?? '',
    spec?.timeZone ?? none,
    booleanText(spec?.suspend),
    status?.active?.length ?? 0,
    status?.lastScheduleTime === undefined ? none : age(status.lastScheduleTime, now),
    age(metadata.creationTimestamp, now),
    ...templateCells(spec?.jobTemplate.spec?.template),
    labelSelector(spec?.jobTemplate.spec?.selector),
  ],
};
