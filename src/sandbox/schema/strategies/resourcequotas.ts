import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import type {StatusCause} from '../../status-error.ts';
import {invalid} from './field-errors.ts';

export const resourceQuotas: Strategy<Of<'resourcequotas'>> = {
  validate: ({spec}) => Object.keys(spec?.hard ?? {}).flatMap(validateName),
  generation: () => false,
};

const standard = new Set([
  ...['configmaps', 'persistentvolumeclaims', 'pods', 'replicationcontrollers', 'resourcequotas', 'secrets'],
  ...['services', 'services.loadbalancers', 'services.nodeports'],
  ...['cpu', 'memory', 'ephemeral-storage', 'requests.storage'],
  ...['requests', 'limits'].flatMap(kind =>
    ['cpu', 'memory', 'ephemeral-storage'].map(one => `${kind}.${one}`),
  ),
]);

/** A name without a domain has to be one of Kubernetes' own. Both of its checks tell. */
function validateName(name: string): StatusCause[] {
  if (name.includes('/') || standard.has(name) || name.startsWith('hugepages-')) return [];
  const field = `spec.hard[${name}]`;
  return [
    invalid(field, name, 'must be a standard resource type or fully qualified'),
    invalid(field, name, 'must be a standard resource for quota'),
  ];
}
