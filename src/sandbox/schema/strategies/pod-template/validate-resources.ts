import type {ResourceRequirements} from 'kubernetes-types/core/v1.d.ts';
import {qualifiedName} from '../../../registry/names.ts';
import type {StatusCause} from '../../../status-error.ts';
import {amount, isWhole} from '../amount.ts';
import {invalid, required} from '../field-errors.ts';

/** What a container asks for and may use. Limits are looked at first, each in the order of its keys. */
export function validateResources(
  {limits = {}, requests = {}}: ResourceRequirements,
  field: string,
): StatusCause[] {
  return [
    ...keys(limits).flatMap(resource => validateAmount(resource, limits[resource], `${field}.limits`)),
    ...keys(requests).flatMap(resource => [
      ...validateAmount(resource, requests[resource], `${field}.requests`),
      ...validateRequest(resource, requests[resource] ?? '0', limits[resource], field),
    ]),
  ];
}

const keys = (list: object) => Object.keys(list).sort();

/** What containers can be given; huge pages besides. */
const containerResources = ['cpu', 'memory', 'ephemeral-storage'];

function validateAmount(resource: string, quantity = '0', field: string): StatusCause[] {
  const path = `${field}[${resource}]`;
  const names = validateName(resource, path);
  if (amount(quantity) < 0n) return [...names, invalid(path, quantity, 'must be greater than or equal to 0')];
  const divided = isExtended(resource) && !isWhole(quantity);
  return [...names, ...(divided ? [invalid(path, quantity, 'must be an integer')] : [])];
}

function validateName(resource: string, field: string): StatusCause[] {
  if (containerResources.includes(resource) || resource.startsWith('hugepages-')) return [];
  const wrong = qualifiedName(resource).map(said => invalid(field, resource, said));
  if (!resource.includes('/'))
    return [
      ...wrong,
      ...(standardResources.includes(resource)
        ? []
        : [invalid(field, resource, 'must be a standard resource type or fully qualified')]),
      invalid(field, resource, 'must be a standard resource for containers'),
    ];
  return wrong.length > 0
    ? [...wrong, invalid(field, resource, "doesn't follow extended resource name standard")]
    : [];
}

/** Known, but not for containers. */
const standardResources = ['storage', 'pods', 'services', 'secrets', 'configmaps', 'persistentvolumeclaims'];

function validateRequest(
  resource: string,
  request: string,
  limit: string | undefined,
  field: string,
): StatusCause[] {
  const overcommits = !isExtended(resource) && !resource.startsWith('hugepages-');
  if (limit === undefined)
    return overcommits || resource === 'storage' || !resource.includes('/')
      ? []
      : [required(`${field}.limits`, 'Limit must be set for non overcommitable resources')];
  if (!overcommits && amount(request) !== amount(limit))
    return [invalid(`${field}.requests`, request, `must be equal to ${resource} limit of ${limit}`)];
  return amount(request) > amount(limit)
    ? [invalid(`${field}.requests`, request, `must be less than or equal to ${resource} limit of ${limit}`)]
    : [];
}

/** A device or the like, which is given out as a whole. */
const isExtended = (resource: string) => resource.includes('/') && !resource.startsWith('kubernetes.io/');
