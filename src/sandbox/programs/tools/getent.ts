import type {Program} from '../program.ts';
import {fullName} from './nslookup.ts';

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
    for (const ip of found) stdout.write(`${ip.padEnd(15)} ${fullName(name, container.namespace)}\n`);
  }
  return code;
};
