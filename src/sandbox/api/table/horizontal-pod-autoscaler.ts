import type {HorizontalPodAutoscaler, MetricSpec, MetricStatus} from 'kubernetes-types/autoscaling/v2.d.ts';
import type {Stored} from '../../objects.ts';
import {age} from './age.ts';
import {ageColumn, column, nameColumn, type Table} from './table.ts';
import {none, unset} from './text.ts';

export const horizontalPodAutoscalers: Table<Stored<HorizontalPodAutoscaler>> = {
  columns: [
    nameColumn,
    column('Reference'),
    column('Targets'),
    column('MinPods'),
    column('MaxPods'),
    column('Replicas'),
    ageColumn,
  ],
  cells: ({metadata, spec, status}, now) => [
    metadata.name,
    `${spec?.scaleTargetRef.kind}/${spec?.scaleTargetRef.name}`,
    targets(spec?.metrics ?? [], status?.currentMetrics ?? []),
    String(spec?.minReplicas ?? unset),
    spec?.maxReplicas ?? 0,
    status?.currentReplicas ?? 0,
    age(metadata.creationTimestamp, now),
  ],
};

/** The first two: nothing measures in a sandbox, so that every other kind of metric is unknown as well. */
function targets(metrics: readonly MetricSpec[], current: readonly MetricStatus[]): string {
  if (metrics.length === 0) return none;
  const shown = metrics.slice(0, 2).map((metric, index) => target(metric, current[index]));
  const more = metrics.length > 2 ? ` + ${metrics.length - 2} more...` : '';
  return `${shown.join(', ')}${more}`;
}

function target({resource}: MetricSpec, current: MetricStatus | undefined): string {
  if (!resource) return '<unknown>';
  const now = current?.resource?.current;
  const {averageUtilization, averageValue} = resource.target;
  return averageUtilization === undefined
    ? `${resource.name}: ${now?.averageValue ?? '<unknown>'}/${averageValue}`
    : `${resource.name}: ${now?.averageUtilization === undefined ? '<unknown>' : `${now.averageUtilization}%`}/${averageUtilization}%`;
}
