import type {Of} from '../objects.ts';
import type {Registry} from '../registry/registry.ts';
import {endpointsOf} from './endpoints.ts';

/** Where a connection goes: to a Pod's port, to nobody (refused), or to an address that is nobody's. */
export type Route = {to: 'pod'; ip: string; port: number} | {to: 'refused'} | {to: 'nowhere'};

/** Chooses one of several: called with how many there are, answers which. */
export type Choose = (count: number) => number;

/**
 * What kube-proxy does with a connection: an address and port of a Service leads to one of its endpoints.
 * @param ownsAddress is there a Pod at this address?
 * @param nodeAddresses the nodes' own, for NodePorts
 */
export function route(
  registry: Registry,
  ip: string,
  port: number,
  ownsAddress: (ip: string) => boolean,
  nodeAddresses: readonly string[],
  choose: Choose,
): Route {
  if (ownsAddress(ip)) return {to: 'pod', ip, port};
  const onNode = nodeAddresses.includes(ip);
  for (const service of registry.list('services')) {
    const servicePort = service.spec?.ports?.find(one =>
      onNode ? one.nodePort === port : service.spec?.clusterIP === ip && one.port === port,
    );
    if (servicePort) return toEndpoint(registry, service, servicePort.name ?? '', choose);
  }
  if (onNode || isClusterIp(registry, ip)) return {to: 'refused'};
  return {to: 'nowhere'};
}

function toEndpoint(registry: Registry, service: Of<'services'>, portName: string, choose: Choose): Route {
  const targets = endpointsOf(registry, service).flatMap(({ip, ports}) =>
    ports.filter(({name}) => name === portName).map(({port}) => ({ip, port})),
  );
  const target = targets[choose(targets.length)];
  // kube-proxy rejects what has no endpoint, so that a client learns of it at once.
  return target ? {to: 'pod', ...target} : {to: 'refused'};
}

const isClusterIp = (registry: Registry, ip: string) =>
  registry.list('services').some(service => service.spec?.clusterIP === ip);
