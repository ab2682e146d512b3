import type {EndpointSubset} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import type {StatusCause} from '../../status-error.ts';
import {invalid, required} from './field-errors.ts';
import {validateIp} from './ip-address.ts';
import {port} from './numbers.ts';

export const endpoints: Strategy<Of<'endpoints'>> = {
  defaults({subsets = []}) {
    for (const {ports = []} of subsets) for (const one of ports) one.protocol ??= 'TCP';
  },
  validate: ({subsets = []}) =>
    subsets.flatMap((subset, index) => validateSubset(subset, `subsets[${index}]`)),
  warnings: () => ['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'],
};

function validateSubset(
  {addresses = [], notReadyAddresses = [], ports = []}: EndpointSubset,
  field: string,
): StatusCause[] {
  if (addresses.length + notReadyAddresses.length === 0)
    return [required(field, 'must specify `addresses` or `notReadyAddresses`')];
  return [
    ...validateAddresses(addresses, `${field}.addresses`),
    ...validateAddresses(notReadyAddresses, `${field}.notReadyAddresses`),
    ...ports.flatMap((one, index) => port(`${field}.ports[${index}].port`, one.port)),
  ];
}

/** Two of the API server's checks say the same. */
const validateAddresses = (addresses: readonly {ip: string}[], list: string): StatusCause[] =>
  addresses.flatMap(({ip}, index) => {
    const field = `${list}[${index}].ip`;
    const wrong = validateIp(ip, field);
    return wrong.length > 0 ? [...wrong, invalid(field, ip, 'must be a valid IP address')] : [];
  });
