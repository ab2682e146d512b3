import type {Of} from '../objects.ts';
import type {Registry} from '../registry/registry.ts';
import {endpointsOf} from './endpoints.ts';

const clusterDomain = 'cluster.local';

/** Who asks: a Pod's namespace gives its search domains. */
export interface Asker {
  namespace: string;
  hostname: string;
  ip: string;
}

/**
 * What the cluster's DNS answers to a Pod, with its resolv.conf (ndots:5 and three search domains).
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
export function resolve(registry: Registry, asker: Asker, name: string): readonly string[] {
  if (isAddress(name)) return [name];
  if (name === 'localhost') return ['127.0.0.1'];
  if (name === asker.hostname) return [asker.ip];
  for (const candidate of candidates(name.toLowerCase(), asker.namespace)) {
    const found = answer(registry, candidate);
    if (found.length > 0) return found;
  }
  return [];
}

export const isAddress = (host: string) => /^\d{1,3}(\.\d{1,3}){3}$/.test(host);

/** The full names a resolver tries, in its order: a name that ends in a dot is already one. */
function candidates(name: string, namespace: string): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = [`${namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain].map(
    domain => `${name}.${domain}`,
  );
  return name.split('.').length > 5 ? [name, ...searched] : [...searched, name];
}

function answer(registry: Registry, name: string): readonly string[] {
  const suffix = `.svc.${clusterDomain}`;
  if (name.endsWith(suffix)) {
    const labels = name.slice(0, -suffix.length).split('.');
    if (labels.length === 2) return serviceAddresses(registry, labels[1] ?? '', labels[0] ?? '');
    if (labels.length === 3) return podAddresses(registry, labels[2] ?? '', labels[1] ?? '', labels[0] ?? '');
  }
  const pod = /^(\d+-\d+-\d+-\d+)\.[^.]+\.pod\.cluster\.local$/.exec(name);
  return pod?.[1] === undefined ? [] : [pod[1].replaceAll('-', '.')];
}

function serviceAddresses(registry: Registry, namespace: string, name: string): readonly string[] {
  const service = registry.get('services', namespace, name);
  if (!service) return [];
  if (service.spec?.type === 'ExternalName') return answer(registry, service.spec.externalName ?? '');
  if (!isHeadless(service)) return service.spec?.clusterIP ? [service.spec.clusterIP] : [];
  return unique(endpointsOf(registry, service).map(({ip}) => ip));
}

/** `mysql-0.mysql.shop.svc…`: the endpoint of a headless Service that goes by this host name. */
function podAddresses(
  registry: Registry,
  namespace: string,
  serviceName: string,
  hostname: string,
): readonly string[] {
  const service = registry.get('services', namespace, serviceName);
  if (!service || !isHeadless(service)) return [];
  const named = endpointsOf(registry, service).filter(endpoint => endpoint.hostname === hostname);
  return unique(named.map(({ip}) => ip));
}

const isHeadless = (service: Of<'services'>) => service.spec?.clusterIP === 'None';
const unique = (addresses: readonly string[]) => [...new Set(addresses)];
