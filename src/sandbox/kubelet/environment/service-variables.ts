import type {Of} from '../../objects.ts';
import type {Registry} from '../../registry/registry.ts';

/**
 * The variables of Docker's container links, for every Service of the namespace that has a cluster IP, and for the
 * API server's, which Pods of all namespaces get.
 */
export function serviceVariables(registry: Registry, pod: Of<'pods'>): Record<string, string> {
  const api = registry.get('services', 'default', 'kubernetes');
  const linked =
    pod.spec?.enableServiceLinks === false ? [] : registry.list('services', pod.metadata.namespace);
  return Object.assign({}, ...[...(api ? [api] : []), ...linked].map(variablesOf));
}

function variablesOf({metadata, spec}: Of<'services'>): Record<string, string> {
  const ip = spec?.clusterIP;
  const [first] = spec?.ports ?? [];
  if (!ip || ip === 'None' || !first) return {};
  const prefix = upper(metadata.name);
  const url = (port: number, protocol = 'TCP') => `${protocol.toLowerCase()}://${ip}:${port}`;
  const variables: Record<string, string> = {
    [`${prefix}_SERVICE_HOST`]: ip,
    [`${prefix}_SERVICE_PORT`]: String(first.port),
    [`${prefix}_PORT`]: url(first.port, first.protocol),
  };
  for (const {name, port, protocol = 'TCP'} of spec?.ports ?? []) {
    if (name) variables[`${prefix}_SERVICE_PORT_${upper(name)}`] = String(port);
    const each = `${prefix}_PORT_${port}_${protocol}`;
    variables[each] = url(port, protocol);
    variables[`${each}_PROTO`] = protocol.toLowerCase();
    variables[`${each}_PORT`] = String(port);
    variables[`${each}_ADDR`] = ip;
  }
  return variables;
}

const upper = (name: string) => name.toUpperCase().replaceAll('-', '_');
