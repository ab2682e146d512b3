import {expect, test} from 'vitest';
import {getent} from '../../../../../src/sandbox/programs/tools/getent.ts';
import {testContainer} from '../container.ts';

const known: Record<string, string> = {
  'db-0.db.shop.svc.cluster.local': '10.42.1.7',
  'db.shop.svc.cluster.local': '10.43.7.7',
  localhost: '127.0.0.1',
  client: '10.42.0.8',
};
const domains = ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local'];
const open = () =>
  testContainer({
    programs: {getent},
    network: {
      resolve: name => {
        const tried = name.endsWith('.')
          ? [name.slice(0, -1)]
          : [...domains.map(one => `${name}.${one}`), name];
        return tried.flatMap(one => known[one] ?? []).slice(0, 1);
      },
    },
  });

// As glibc's getent printed it on a real cluster.
test.each([
  ['db-0.db', '10.42.1.7       db-0.db.shop.svc.cluster.local'],
  ['db-0.db.shop', '10.42.1.7       db-0.db.shop.svc.cluster.local'],
  ['db-0.db.shop.svc', '10.42.1.7       db-0.db.shop.svc.cluster.local'],
  ['db-0.db.shop.svc.cluster.local', '10.42.1.7       db-0.db.shop.svc.cluster.local'],
  ['db', '10.43.7.7       db.shop.svc.cluster.local'],
  ['client', '10.42.0.8       client'],
])('%s is told with the name that it was found under', async (name, line) => {
  const {run} = await open();
  expect(await run(['getent', 'hosts', name])).toMatchObject({stdout: `${line}\n`, code: 0});
});

test('a name that nobody knows is no line, and exit code 2', async () => {
  const {run} = await open();
  expect(await run(['getent', 'hosts', 'db-1.db'])).toMatchObject({stdout: '', stderr: '', code: 2});
});
