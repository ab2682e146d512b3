import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import {required} from './field-errors.ts';
import {immutable} from './immutable.ts';
import {oneOf} from './one-of.ts';
import {protocols} from './pod-template/validate-ports.ts';

export const endpointSlices: Strategy<Of<'endpointslices.discovery.k8s.io'>> = {
  defaults(slice) {
    for (const endpoint of slice.endpoints ?? []) endpoint.conditions ??= {};
    for (const port of slice.ports ?? []) {
      port.name ??= '';
      port.protocol ??= 'TCP';
    }
  },
  validate: ({addressType, ports, endpoints}) => [
    ...oneOf('addressType', addressType, ['FQDN', 'IPv4', 'IPv6']),
    ...(ports ?? []).flatMap(({protocol}, index) => oneOf(`ports[${index}].protocol`, protocol, protocols)),
    ...(endpoints ?? []).flatMap(({addresses}, index) =>
      addresses?.length ? [] : [required(`endpoints[${index}].addresses`, 'must contain at least 1 address')],
    ),
  ],
  validateUpdate: ({addressType}, before) => immutable('addressType', addressType, before.addressType),
};
