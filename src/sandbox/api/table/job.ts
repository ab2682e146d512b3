import {age, duration} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf, wide} from './table.ts';
import {labelSelector} from './text.ts';
import {templateCells, templateColumns} from './workload.ts';

export const jobs: TableOf<'jobs.batch'> = {
  columns: [
    nameColumn,
    column('Status'),
    column('Completions'),
    column('Duration'),
    ageColumn,
    ...templateColumns,
    wide('Selector'),
  ],
  cells: (job, now) => [
    job.metadata.name,
    statusOf(job),
    completions(job),
    took(job, now),
    age(job.metadata.creationTimestamp, now),
    ...templateCells(job.spec?.template),
    labelSelector(job.spec?.selector),
  ],
};

type Job = Parameters<typeof jobs.cells>[0];

function statusOf({metadata, status}: Job): string {
  const is = (condition: string) =>
    status?.conditions?.some(({type, status}) => type === condition && status === 'True');
  if (is('Complete')) return 'Complete';
  if (is('Failed')) return 'Failed';
  if (metadata.deletionTimestamp !== undefined) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(is) ?? 'Running';
}

function completions({spec, status}: Job): string {
  const succeeded = status?.succeeded ?? 0;
  if (spec?.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec?.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function took({status}: Job, now: number): string {
  if (status?.startTime === undefined) return '';
  const end = status.completionTime === undefined ? now : Date.parse(status.completionTime);
  return duration(end - Date.parse(status.startTime));
}
