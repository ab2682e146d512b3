import type {Program} from '../program.ts';

/**
 * As busybox does it: it asks for IPv4 and IPv6 addresses, and tells what comes of each; only a name without a dot is
 * looked for in the search domains, in all of them, and one that has none of it counts as a failure. The server is
 * the cluster's.
 */
export const nslookup: Program = async ({argv, stdout, container}) => {
  const [name = ''] = argv.slice(1).filter(arg => !arg.startsWith('-'));
  const {network, namespace} = container;
  const domains = [`${namespace}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local'];
  const names = name.includes('.') ? [name.replace(/\.$/, '')] : domains.map(domain => `${name}.${domain}`);
  const found = new Map(
    names.map(one => [one, one.endsWith('.cluster.local') ? network.resolve(one) : []] as const),
  );
  stdout.write('Server:\t\t10.43.0.10\nAddress:\t10.43.0.10:53\n\n');
  for (const family of ['IPv4', 'IPv6'])
    for (const [asked, addresses] of found)
      stdout.write(
        addresses.length === 0
          ? `** server can't find ${asked}: NXDOMAIN\n\n`
          : `${family === 'IPv4' ? addresses.map(ip => `Name:\t${asked}\nAddress: ${ip}\n`).join('') : ''}\n`,
      );
  return [...found.values()].every(addresses => addresses.length > 0) ? 0 : 1;
};
