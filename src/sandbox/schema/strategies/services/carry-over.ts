import {isDeepStrictEqual} from 'node:util';
import type {ServicePort, ServiceSpec} from 'kubernetes-types/core/v1.d.ts';
import type {Of} from '../../../objects.ts';

/**
 * What was allocated and is not mentioned in an update stays; what the Service's new type has no use for goes,
 * as long as the update did not ask for it.
 */
export function carryOver({spec}: Of<'services'>, before: Of<'services'>): void {
  const was = before.spec;
  if (!spec || !was) return;
  if (hasAddress(spec) && hasAddress(was)) {
    spec.clusterIP ||= was.clusterIP ?? '';
    // Either field can be written; the other one follows.
    if (
      !spec.clusterIPs ||
      (spec.clusterIP !== was.clusterIP && isDeepStrictEqual(spec.clusterIPs, was.clusterIPs))
    )
      spec.clusterIPs = [spec.clusterIP];
  }
  if (!hasAddress(spec)) dropAddress(spec, was);
  if (hasNodePorts(spec) && hasNodePorts(was)) keepNodePorts(spec, was);
  if (!hasNodePorts(spec)) dropNodePorts(spec, was);
}

const hasAddress = ({type}: ServiceSpec) => type !== 'ExternalName';
const hasNodePorts = ({type}: ServiceSpec) => type === 'NodePort' || type === 'LoadBalancer';

function dropAddress(spec: ServiceSpec, was: ServiceSpec): void {
  if (spec.clusterIP !== was.clusterIP) return;
  delete spec.clusterIP;
  delete spec.clusterIPs;
  delete spec.ipFamilies;
  delete spec.ipFamilyPolicy;
  delete spec.internalTrafficPolicy;
}

function keepNodePorts(spec: ServiceSpec, was: ServiceSpec): void {
  for (const port of spec.ports ?? []) {
    const nodePort = was.ports?.find(one => isSamePort(one, port))?.nodePort;
    if (nodePort) port.nodePort ||= nodePort;
  }
}

function dropNodePorts(spec: ServiceSpec, was: ServiceSpec): void {
  for (const port of spec.ports ?? [])
    if (was.ports?.some(one => one.nodePort === port.nodePort)) delete port.nodePort;
  if (spec.externalTrafficPolicy === was.externalTrafficPolicy) delete spec.externalTrafficPolicy;
  if (spec.allocateLoadBalancerNodePorts === was.allocateLoadBalancerNodePorts)
    delete spec.allocateLoadBalancerNodePorts;
}

const isSamePort = (a: ServicePort, b: ServicePort) => a.port === b.port && a.protocol === b.protocol;
