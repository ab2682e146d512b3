import type {Ingress} from 'kubernetes-types/networking/v1.d.ts';
import type {Stored} from '../../objects.ts';
import {age} from './age.ts';
import {ageColumn, column, nameColumn, type Table} from './table.ts';
import {orNone} from './text.ts';

export const ingresses: Table<Stored<Ingress>> = {
  columns: [nameColumn, column('Class'), column('Hosts'), column('Address'), column('Ports'), ageColumn],
  cells: ({metadata, spec, status}, now) => [
    metadata.name,
    orNone(spec?.ingressClassName ?? metadata.annotations?.['kubernetes.io/ingress.class']),
    hosts(spec),
    (status?.loadBalancer?.ingress ?? []).map(({ip, hostname}) => ip ?? hostname ?? '').join(','),
    spec?.tls?.length ? '80, 443' : '80',
    age(metadata.creationTimestamp, now),
  ],
};

/** The first few. */
function hosts(spec: Ingress['spec']): string {
  const all = (spec?.rules ?? []).flatMap(({host}) => host ?? []);
  if (all.length === 0) return '*';
  const shown = all.slice(0, 3).join(',');
  return all.length > 3 ? `${shown} + ${all.length - 3} more...` : shown;
}
