import type {Of} from '../../objects.ts';
import {dnsLabel} from '../../registry/names.ts';
import type {Strategy} from '../../registry/strategy.ts';
import {validatePodSecurityLabels} from './pod-security/admission.ts';

export const namespaces: Strategy<Of<'namespaces'>> = {
  nameRule: dnsLabel,
  defaults({metadata}) {
    metadata.labels ??= {};
    metadata.labels['kubernetes.io/metadata.name'] = metadata.name;
  },
  beforeCreate(namespace) {
    // Held by the namespace controller until all that is in it is gone.
    namespace.spec = {finalizers: ['kubernetes']};
    namespace.status = {phase: 'Active'};
  },
  validate: ({metadata}) => validatePodSecurityLabels(metadata.labels),
};
