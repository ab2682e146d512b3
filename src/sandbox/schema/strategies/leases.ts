import type {Of} from '../../objects.ts';
import type {Strategy} from '../../registry/strategy.ts';
import {invalid} from './field-errors.ts';
import {nonNegative} from './numbers.ts';

export const leases: Strategy<Of<'leases.coordination.k8s.io'>> = {
  validate({spec: {leaseDurationSeconds: duration, leaseTransitions} = {}}) {
    return [
      ...(duration !== undefined && duration <= 0
        ? [invalid('spec.leaseDurationSeconds', duration, 'must be greater than 0')]
        : []),
      ...nonNegative('spec.leaseTransitions', leaseTransitions),
    ];
  },
};
