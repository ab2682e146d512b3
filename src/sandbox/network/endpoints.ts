import type {Of} from '../objects.ts';
import type {Registry} from '../registry/registry.ts';

/** One address that a Service leads to. */
export interface ServiceEndpoint {
  ip: string;
  hostname?: string;
  /** The Pod's ports, each with the name of the Service's port it belongs to ('' for the only one). */
  ports: readonly {name: string; port: number}[];
}

/** The ready endpoints of a Service (all, where it publishes those that are not), as its EndpointSlices say. */
export function endpointsOf(registry: Registry, service: Of<'services'>): ServiceEndpoint[] {
  const {namespace, name} = service.metadata;
  return registry
    .list('endpointslices.discovery.k8s.io', namespace)
    .filter(slice => slice.metadata.labels?.['kubernetes.io/service-name'] === name)
    .flatMap(slice => {
      const ports = (slice.ports ?? []).flatMap(({name: portName, port}) =>
        port === undefined ? [] : [{name: portName ?? '', port}],
      );
      return slice.endpoints
        .filter(({conditions}) => conditions?.ready !== false)
        .flatMap(({addresses, hostname}) =>
          addresses.map(ip => ({ip, ports, ...(hostname !== undefined && {hostname})})),
        );
    });
}
