import {expect, test} from 'vitest';
import {systemTools} from '../../../../../src/sandbox/programs/tools/system-tools.ts';
import {testContainer} from '../container.ts';

const {hostname} = systemTools;
const open = async (hosts: string) => {
  const {run} = await testContainer({programs: hostname ? {hostname} : {}, files: {'/etc/hosts': hosts}});
  return async (...options: string[]) => (await run(['hostname', ...options])).stdout;
};

test('in a StatefulSet’s Pod the full name has the Service in it', async () => {
  const ask = await open('127.0.0.1\tlocalhost\n10.42.0.5\tweb-0.nginx.shop.svc.cluster.local\tweb-0\n');
  expect([await ask(), await ask('-s')]).toEqual(['web-0\n', 'web-0\n']);
  expect(await ask('-f')).toBe('web-0.nginx.shop.svc.cluster.local\n');
  expect(await ask('-d')).toBe('nginx.shop.svc.cluster.local\n');
});

test('elsewhere it is the plain one, and there is no domain', async () => {
  const ask = await open('127.0.0.1\tlocalhost\n10.42.0.5\tweb-0\n');
  expect([await ask('-f'), await ask('-d')]).toEqual(['web-0\n', '']);
});
