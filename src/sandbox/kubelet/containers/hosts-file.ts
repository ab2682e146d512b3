import type {Of} from '../../objects.ts';
import {hostnameOf} from '../pod-sandbox.ts';

/** /etc/hosts as the kubelet writes it: the Pod by its name, and before it the full one where it has a subdomain. */
export function hostsFile(pod: Of<'pods'>, ip: string): string {
  const hostname = hostnameOf(pod);
  const {subdomain, hostAliases = []} = pod.spec ?? {};
  const full = subdomain
    ? [`${hostname}.${subdomain}.${pod.metadata.namespace ?? ''}.svc.cluster.local`]
    : [];
  const aliases = hostAliases.map(({ip: of, hostnames = []}) => [of, ...hostnames].join('\t'));
  return `# Kubernetes-managed hosts file.
127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::0\tip6-localnet
fe00::0\tip6-mcastprefix
fe00::1\tip6-allnodes
fe00::2\tip6-allrouters
${[ip, ...full, hostname].join('\t')}
${aliases.length > 0 ? `\n# Entries added by HostAliases.\n${aliases.join('\n')}\n` : ''}`;
}
