import type {PersistentVolumeClaim, Pod, ResourceRequirements, Service} from 'kubernetes-types/core/v1.d.ts';
import type {KubeObject, ResourceId} from '../../objects.ts';
import {parseQuantity, type Quantity, sumOf} from '../quantity.ts';

/** Amounts by the names that ResourceQuotas use, e.g. pods, requests.storage, count/deployments.apps. */
export type Usage = ReadonlyMap<string, Quantity>;

/** What one object takes of its namespace's quotas. */
export function usageOf(resource: ResourceId, object: KubeObject): Usage {
  if (resource === 'pods') return podUsage(object as Pod);
  const counted = counts(resource);
  if (resource === 'persistentvolumeclaims')
    return new Map([...counted, ...claimUsage(object as PersistentVolumeClaim)]);
  if (resource === 'services') return new Map([...counted, ...serviceUsage(object as Service)]);
  return counted;
}

export const addUsage = (usages: Iterable<Usage>): Usage => {
  const amounts = new Map<string, Quantity[]>();
  for (const usage of usages)
    for (const [name, amount] of usage) amounts.set(name, [...(amounts.get(name) ?? []), amount]);
  return new Map([...amounts].map(([name, all]) => [name, sumOf(all)]));
};

const one = parseQuantity('1');

const counts = (resource: ResourceId): Map<string, Quantity> =>
  new Map([[`count/${resource}`, one], ...(resource.includes('.') ? [] : [[resource, one] as const])]);

/** A Pod that has ended takes nothing. */
function podUsage({spec, status}: Pod): Usage {
  if (status?.phase === 'Succeeded' || status?.phase === 'Failed') return new Map();
  const sum = (field: 'requests' | 'limits', name: string) =>
    sumOf((spec?.containers ?? []).flatMap(({resources}) => amountOf(resources, field, name) ?? []));
  const computed = ['cpu', 'memory', 'ephemeral-storage'].flatMap(name => [
    [name, sum('requests', name)] as const,
    [`requests.${name}`, sum('requests', name)] as const,
    [`limits.${name}`, sum('limits', name)] as const,
  ]);
  return new Map([...counts('pods'), ...computed]);
}

function amountOf(resources: ResourceRequirements | undefined, field: 'requests' | 'limits', name: string) {
  const amount = resources?.[field]?.[name];
  return amount === undefined ? undefined : parseQuantity(String(amount));
}

/** The names of the containers that leave out an amount that a quota limits. */
export function containersWithout(pod: Pod, limited: string): string[] {
  const [, prefix, name = ''] = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(limited) ?? [];
  if (name === '') return [];
  const field = prefix === 'limits' ? 'limits' : 'requests';
  return (pod.spec?.containers ?? [])
    .filter(({resources}) => resources?.[field]?.[name] === undefined)
    .map(container => container.name);
}

function claimUsage({spec}: PersistentVolumeClaim): [string, Quantity][] {
  const storage = parseQuantity(String(spec?.resources?.requests?.storage ?? '0'));
  const ofClass = spec?.storageClassName ? `${spec.storageClassName}.storageclass.storage.k8s.io` : undefined;
  return [
    ['requests.storage', storage],
    ...(ofClass === undefined
      ? []
      : ([
          [`${ofClass}/requests.storage`, storage],
          [`${ofClass}/persistentvolumeclaims`, one],
        ] as [string, Quantity][])),
  ];
}

const serviceUsage = ({spec}: Service): [string, Quantity][] => [
  ...(spec?.type === 'LoadBalancer' ? ([['services.loadbalancers', one]] as [string, Quantity][]) : []),
  ...(spec?.type === 'NodePort' || spec?.type === 'LoadBalancer'
    ? (spec.ports ?? []).map((): [string, Quantity] => ['services.nodeports', one])
    : []),
];
