import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';

export const namespaces: Strategy<Of<'namespaces'>> = {
  defaults({metadata}) {
    metadata.labels ??= {};
    metadata.labels['kubernetes.io/metadata.name'] = metadata.name;
  },
  beforeCreate(namespace) {
    // Held by the namespace controller until all that is in it is gone.
    namespace.spec = {finalizers: ['kubernetes']};
    namespace.status = {phase: 'Active'};
  },
};
