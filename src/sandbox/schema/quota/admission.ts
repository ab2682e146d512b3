import type {Pod} from 'kubernetes-types/core/v1.d.ts';
import type {Stored} from '../../objects.ts';
import type {ResourceType} from '../../registry/resource-type.ts';
import type {StrategyContext} from '../../registry/strategy.ts';
import {forbidden} from '../../status-error.ts';
import {formatQuantity, isMore, parseQuantity, type Quantity, sumOf} from '../quantity.ts';
import {isInScope, type Quota, usedOf} from './quotas.ts';
import {containersWithout, usageOf} from './usage.ts';

/**
 * What the admission plug-in ResourceQuota says to a new object.
 * @throws StatusError Forbidden when a quota of its namespace is exceeded by it, or wants it to say how much it takes
 */
export function admitByQuota(type: ResourceType, object: Stored, {registry}: StrategyContext): void {
  const {namespace, name} = object.metadata;
  if (namespace === undefined) return;
  for (const quota of registry.list('resourcequotas', namespace)) {
    if (!isInScope(quota, type.id, object)) continue;
    const why = unsaid(quota, type, object) ?? exceeded(quota, type, object, () => usedOf(registry, quota));
    if (why !== undefined) throw forbidden(type, name, why);
  }
}

function unsaid({metadata, spec}: Quota, {id}: ResourceType, object: Stored): string | undefined {
  if (id !== 'pods') return undefined;
  const missing = Object.keys(spec?.hard ?? {})
    .sort()
    .flatMap(limited => {
      const containers = containersWithout(object as Pod, limited);
      return containers.length > 0 ? [`${limited} for: ${containers.join(',')}`] : [];
    });
  return missing.length > 0
    ? `failed quota: ${metadata.name}: must specify ${missing.join('; ')}`
    : undefined;
}

function exceeded(
  {metadata, spec}: Quota,
  {id}: ResourceType,
  object: Stored,
  usedNow: () => ReadonlyMap<string, Quantity>,
): string | undefined {
  const requested = [...usageOf(id, object)].filter(([name]) => spec?.hard?.[name] !== undefined);
  if (requested.length === 0) return undefined;
  const used = usedNow();
  const over = requested
    .map(([name, amount]) => {
      const before = used.get(name) ?? parseQuantity('0');
      return {name, amount, before, limit: parseQuantity(String(spec?.hard?.[name]))};
    })
    .filter(({amount, before, limit}) => isMore(amount, zero) && isMore(sumOf([before, amount]), limit))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (over.length === 0) return undefined;
  const told = (amountOf: (one: (typeof over)[number]) => Quantity) =>
    over.map(one => `${one.name}=${formatQuantity(amountOf(one))}`).join(',');
  return (
    `exceeded quota: ${metadata.name}, requested: ${told(({amount}) => amount)}, ` +
    `used: ${told(({before}) => before)}, limited: ${told(({limit}) => limit)}`
  );
}

const zero = parseQuantity('0');
