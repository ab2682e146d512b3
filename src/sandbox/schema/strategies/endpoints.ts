import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';

export const endpoints: Strategy<Of<'endpoints'>> = {
  defaults({subsets = []}) {
    for (const {ports = []} of subsets) for (const port of ports) port.protocol ??= 'TCP';
  },
  warnings: () => ['v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'],
};
