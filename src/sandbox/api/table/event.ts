import type {Of} from '../../objects.ts';
import {asCoreV1} from '../../schema/event-versions.ts';
import {age} from './age.ts';
import {column, nameColumn, type Table, type TableOf, wide} from './table.ts';

export const events: TableOf<'events'> = {
  columns: [
    column('Last Seen'),
    column('Type'),
    column('Reason'),
    column('Object'),
    wide('Subobject'),
    wide('Source'),
    column('Message'),
    wide('First Seen'),
    wide('Count'),
    {...nameColumn, priority: 1},
  ],
  cells(event, now) {
    const {involvedObject: about, series} = event;
    const first = age(event.firstTimestamp ?? event.eventTime, now);
    const last = event.lastTimestamp ? age(event.lastTimestamp, now) : first;
    const kind = (about.kind ?? '').toLowerCase();
    return [
      series ? age(series.lastObservedTime, now) : last,
      event.type ?? '',
      event.reason ?? '',
      about.name ? `${kind}/${about.name}` : kind,
      about.fieldPath ?? '',
      source(event),
      (event.message ?? '').trim(),
      first,
      series ? (series.count ?? 0) : event.count || 1,
      event.metadata.name,
    ];
  },
};

/** The same of events.k8s.io/v1. */
export const aliasedEvents: Table = {
  ...events,
  cells: (event, now) => events.cells(asCoreV1(event) as Of<'events'>, now),
};

function source({source, reportingComponent, reportingInstance}: Parameters<typeof events.cells>[0]): string {
  const component = source?.component || reportingComponent || '';
  const host = source?.host || reportingInstance;
  return host ? `${component}, ${host}` : component;
}
