import {age} from './age.ts';
import {podReadiness} from './pod-status.ts';
import {ageColumn, column, nameColumn, type TableOf, wide} from './table.ts';
import {none, orNone} from './text.ts';

export const pods: TableOf<'pods'> = {
  columns: [
    nameColumn,
    column('Ready'),
    column('Status'),
    column('Restarts'),
    ageColumn,
    wide('IP'),
    wide('Node'),
    wide('Nominated Node'),
    wide('Readiness Gates'),
  ],
  cells(pod, now) {
    const {ready, total, status, restarts, lastRestart} = podReadiness(pod);
    return [
      pod.metadata.name,
      `${ready}/${total}`,
      status,
      restarts > 0 && lastRestart !== undefined
        ? `${restarts} (${age(lastRestart, now)} ago)`
        : `${restarts}`,
      age(pod.metadata.creationTimestamp, now),
      orNone(pod.status?.podIPs?.[0]?.ip ?? pod.status?.podIP),
      orNone(pod.spec?.nodeName),
      orNone(pod.status?.nominatedNodeName),
      readinessGates(pod),
    ];
  },
};

function readinessGates({spec, status}: Parameters<typeof pods.cells>[0]): string {
  const gates = spec?.readinessGates ?? [];
  if (gates.length === 0) return none;
  const open = gates.filter(({conditionType}) =>
    status?.conditions?.some(({type, status}) => type === conditionType && status === 'True'),
  );
  return `${open.length}/${gates.length}`;
}
