import {age} from './age.ts';
import {ageColumn, column, nameColumn, type TableOf, wide} from './table.ts';
import {labels, orNone} from './text.ts';

export const services: TableOf<'services'> = {
  columns: [
    nameColumn,
    column('Type'),
    column('Cluster-IP'),
    column('External-IP'),
    column('Port(s)'),
    ageColumn,
    wide('Selector'),
  ],
  cells: (service, now) => [
    service.metadata.name,
    service.spec?.type ?? '',
    orNone(service.spec?.clusterIPs?.[0] ?? service.spec?.clusterIP),
    externalIp(service),
    orNone(service.spec?.ports?.map(port).join(',')),
    age(service.metadata.creationTimestamp, now),
    labels(service.spec?.selector),
  ],
};

type Service = Parameters<typeof services.cells>[0];

function externalIp({spec, status}: Service): string {
  if (spec?.type === 'ExternalName') return orNone(spec.externalName);
  const own = spec?.externalIPs ?? [];
  if (spec?.type !== 'LoadBalancer') return orNone(own.join(','));
  const balanced = (status?.loadBalancer?.ingress ?? []).map(({ip, hostname}) => ip ?? hostname ?? '');
  return [...balanced, ...own].join(',') || '<pending>';
}

const port = ({port, nodePort, protocol}: NonNullable<NonNullable<Service['spec']>['ports']>[number]) =>
  `${port}${nodePort ? `:${nodePort}` : ''}/${protocol}`;
