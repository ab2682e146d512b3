import type {Of} from '../../../objects.ts';
import {dns1035Label} from '../../../registry/names.ts';
import type {Strategy} from '../../../registry/strategy.ts';
import {invalid} from '../field-errors.ts';
import {carryOver} from './carry-over.ts';
import {allocateClusterIp} from './cluster-ip.ts';
import {allocateNodePorts} from './node-ports.ts';
import {validateService} from './validate.ts';

export const services: Strategy<Of<'services'>> = {
  defaults(service) {
    service.spec ??= {};
    const {spec} = service;
    spec.type ||= 'ClusterIP';
    spec.sessionAffinity ||= 'None';
    if (spec.sessionAffinity === 'ClientIP')
      spec.sessionAffinityConfig ??= {clientIP: {timeoutSeconds: 10_800}};
    for (const port of spec.ports ?? []) {
      port.protocol ||= 'TCP';
      port.targetPort ||= port.port;
    }
    if (spec.type !== 'ExternalName') spec.internalTrafficPolicy ??= 'Cluster';
    if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') spec.externalTrafficPolicy ||= 'Cluster';
    if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
    service.status ??= {};
    service.status.loadBalancer ??= {};
  },
  beforeCreate(service, context) {
    allocateClusterIp(service, context);
    allocateNodePorts(service, context);
    service.status = {loadBalancer: {}};
  },
  beforeUpdate(service, before, context) {
    carryOver(service, before);
    allocateClusterIp(service, context);
    allocateNodePorts(service, context);
  },
  nameRule: dns1035Label,
  validate: validateService,
  validateUpdate({spec}, {spec: before}) {
    if (!spec?.clusterIP || !before?.clusterIP || spec.clusterIP === before.clusterIP) return [];
    return [invalid('spec.clusterIPs[0]', spec.clusterIPs, 'may not change once set')];
  },
};
