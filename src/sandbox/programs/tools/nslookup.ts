import type {Program} from '../program.ts';

/** As busybox prints it. The server is the cluster's. */
export const nslookup: Program = async ({argv, stdout, container}) => {
  const [name = ''] = argv.slice(1).filter(arg => !arg.startsWith('-'));
  const found = container.network.resolve(name);
  const server = 'Server:\t\t10.43.0.10\nAddress:\t10.43.0.10:53\n\n';
  const full = fullName(name, container.namespace);
  const answer =
    found.length > 0
      ? found.map(ip => `Name:\t${full}\nAddress: ${ip}\n`).join('')
      : `** server can't find ${name}: NXDOMAIN\n`;
  stdout.write(`${server}${answer}\n`);
  return found.length > 0 ? 0 : 1;
};

/** The name that answered: a search domain is added to a short one. */
export function fullName(name: string, namespace: string): string {
  if (name === 'localhost' || name.endsWith('.cluster.local') || /^[\d.]+$/.test(name)) return name;
  if (name.endsWith('.svc')) return `${name}.cluster.local`;
  return name.includes('.') ? `${name}.svc.cluster.local` : `${name}.${namespace}.svc.cluster.local`;
}
