import type {Program, RunningContainer} from '../program.ts';

/** `getent hosts name`, which asks as a program does: /etc/hosts and DNS with the Pod's search domains. */
export const getent: Program = async ({argv, stdout, stderr, container}) => {
  const [database = '', ...names] = argv.slice(1);
  if (database !== 'hosts' && database !== 'ahosts') {
    stderr.write(`Unknown database: ${database}\n`);
    return 1;
  }
  let code = 0;
  for (const name of names) {
    const found = container.network.resolve(name);
    if (found.length === 0) code = 2;
    for (const ip of found) stdout.write(`${ip.padEnd(15)} ${nameFound(name, container)}\n`);
  }
  return code;
};

/** The name with the search domain that it was found in; one that is known without any stays as it is. */
function nameFound(name: string, {network, namespace}: RunningContainer): string {
  const searched = [`${namespace}.svc.cluster.local`, 'svc.cluster.local', 'cluster.local'];
  const full = searched.map(domain => `${name}.${domain}`);
  return full.find(one => network.resolve(`${one}.`).length > 0) ?? name.replace(/\.$/, '');
}
