import {expect, test} from 'vitest';
import {nslookup} from '../../../../../src/sandbox/programs/tools/nslookup.ts';
import {testContainer} from '../container.ts';

const addresses: Record<string, string> = {'db.shop.svc.cluster.local': '10.43.7.7'};
const open = () =>
  testContainer({
    programs: {nslookup},
    network: {resolve: name => (addresses[name] === undefined ? [] : [addresses[name]])},
  });
const server = 'Server:\t\t10.43.0.10\nAddress:\t10.43.0.10:53\n\n';
const missing = (name: string) => `** server can't find ${name}: NXDOMAIN\n\n`;

// As busybox 1.37 printed it on a real cluster.
test('a full name is found, with an empty answer for IPv6', async () => {
  const {run} = await open();
  expect(await run(['nslookup', 'db.shop.svc.cluster.local'])).toMatchObject({
    stdout: `${server}Name:\tdb.shop.svc.cluster.local\nAddress: 10.43.7.7\n\n\n`,
    code: 0,
  });
});

test('with a dot in it, no domain is added to a name', async () => {
  const {run} = await open();
  expect(await run(['nslookup', 'db.shop'])).toMatchObject({
    stdout: `${server}${missing('db.shop')}${missing('db.shop')}`,
    code: 1,
  });
});

test('without a dot it is looked for in all domains, and fails where one has none of it', async () => {
  const {run} = await open();
  const {stdout, code} = await run(['nslookup', 'db']);
  expect(stdout).toContain('Name:\tdb.shop.svc.cluster.local\nAddress: 10.43.7.7\n');
  expect(stdout).toContain(missing('db.cluster.local'));
  expect(code).toBe(1);
});
