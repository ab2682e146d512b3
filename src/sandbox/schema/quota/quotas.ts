import type {Pod} from 'kubernetes-types/core/v1.d.ts';
import type {KubeObject, Of, ResourceId} from '../../objects.ts';
import type {Registry} from '../../registry/registry.ts';
import {formatQuantity, parseQuantity, type Quantity} from '../quantity.ts';
import {addUsage, type Usage, usageOf} from './usage.ts';

export type Quota = Of<'resourcequotas'>;

/** What is there counts for at most these kinds; all others, only when a quota names them with count/. */
const plainKinds: readonly ResourceId[] = [
  'configmaps',
  'persistentvolumeclaims',
  'pods',
  'secrets',
  'services',
  'resourcequotas',
];

/** The resources whose objects a quota counts. */
const countedBy = ({spec}: Quota): ResourceId[] => [
  ...new Set([
    ...plainKinds,
    ...Object.keys(spec?.hard ?? {}).flatMap(name =>
      name.startsWith('count/') ? [name.slice('count/'.length) as ResourceId] : [],
    ),
  ]),
];

/** Whether a quota with scopes is about an object: scopes are about Pods. */
export function isInScope({spec}: Quota, resource: ResourceId, object: KubeObject): boolean {
  const scopes = spec?.scopes ?? [];
  if (scopes.length === 0) return true;
  if (resource !== 'pods') return false;
  const {spec: pod, status} = object as Pod;
  const bestEffort = status?.qosClass === 'BestEffort';
  const terminating = pod?.activeDeadlineSeconds !== undefined;
  const holds: Record<string, boolean> = {
    BestEffort: bestEffort,
    NotBestEffort: !bestEffort,
    Terminating: terminating,
    NotTerminating: !terminating,
  };
  return scopes.every(scope => holds[scope] ?? false);
}

/** What all objects in a quota's namespace take of it, for each amount that it limits. */
export function usedOf(registry: Registry, quota: Quota): Map<string, Quantity> {
  const usages = countedBy(quota)
    .filter(resource => registry.types.has(resource))
    .flatMap((resource): Usage[] =>
      registry
        .list(resource, quota.metadata.namespace)
        .filter(object => isInScope(quota, resource, object))
        .map(object => usageOf(resource, object)),
    );
  const used = addUsage(usages);
  return new Map(
    Object.keys(quota.spec?.hard ?? {})
      .sort()
      .map(name => [name, used.get(name) ?? zero]),
  );
}

const zero = parseQuantity('0');

export const written = (amounts: ReadonlyMap<string, Quantity>): Record<string, string> =>
  Object.fromEntries([...amounts].map(([name, amount]) => [name, formatQuantity(amount)]));
