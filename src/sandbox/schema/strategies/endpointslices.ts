import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';

export const endpointSlices: Strategy<Of<'endpointslices.discovery.k8s.io'>> = {
  defaults(slice) {
    for (const endpoint of slice.endpoints ?? []) endpoint.conditions ??= {};
    for (const port of slice.ports ?? []) {
      port.name ??= '';
      port.protocol ??= 'TCP';
    }
  },
};
