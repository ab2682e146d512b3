import type {Container} from 'kubernetes-types/core/v1.d.ts';
import {expect, test} from 'vitest';
import {openNode} from './open-node.ts';

/** The variables that a container of this description sees. */
async function seen(some: Partial<Container>, spec: object = {}) {
  const node = await openNode();
  node.registry.create('configmaps', {
    metadata: {namespace: 'lab', name: 'cm'},
    data: {A: 'from cm', B: 'b'},
  });
  node.registry.create('secrets', {metadata: {namespace: 'lab', name: 's'}, data: {user: 'dXNlcg=='}});
  node.registry.create('services', {
    metadata: {namespace: 'lab', name: 'my-db'},
    spec: {clusterIP: '10.43.0.9', ports: [{name: 'sql', port: 3306}]},
  });
  node.create('web', {command: ['env'], ...some}, {restartPolicy: 'Never', ...spec}, {labels: {app: 'x'}});
  await node.until(() => node.status('web')?.phase === 'Succeeded');
  const text = await node.log('web');
  return Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map(line => line.split(/=(.*)/s).slice(0, 2)),
  );
}

test('values, with $(VAR) of what came before', async () => {
  const env = [
    {name: 'A', value: 'a'},
    {name: 'B', value: '$(A)-$(MY_DB_SERVICE_PORT)-$(NOPE)-$$(A)'},
  ];
  expect(await seen({env})).toMatchObject({A: 'a', B: 'a-3306-$(NOPE)-$(A)', PATH: '/bin', HOSTNAME: 'web'});
});

test('references', async () => {
  const env = [
    {name: 'KEY', valueFrom: {configMapKeyRef: {name: 'cm', key: 'B'}}},
    {name: 'USER', valueFrom: {secretKeyRef: {name: 's', key: 'user'}}},
    {name: 'NONE', valueFrom: {secretKeyRef: {name: 'nope', key: 'user', optional: true}}},
    {name: 'IP', valueFrom: {fieldRef: {fieldPath: 'status.podIP'}}},
    {name: 'NODE', valueFrom: {fieldRef: {fieldPath: 'spec.nodeName'}}},
    {name: 'LABEL', valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}},
    {name: 'MEMORY', valueFrom: {resourceFieldRef: {resource: 'limits.memory', divisor: '1Mi'}}},
    {name: 'CPU', valueFrom: {resourceFieldRef: {resource: 'requests.cpu'}}},
  ];
  const resources = {limits: {memory: '64Mi'}, requests: {cpu: '250m'}};
  const found = await seen({env, resources});
  expect(found).toMatchObject({
    KEY: 'b',
    USER: 'user',
    IP: '10.42.1.2',
    NODE: 'agent-0',
    LABEL: 'x',
    MEMORY: '64',
    CPU: '1',
  });
  expect(found).not.toHaveProperty('NONE');
});

test('whole ConfigMaps and Secrets, which env overrides', async () => {
  const envFrom = [
    {configMapRef: {name: 'cm'}},
    {prefix: 'DB_', secretRef: {name: 's'}},
    {secretRef: {name: 'nope', optional: true}},
  ];
  expect(await seen({envFrom, env: [{name: 'A', value: 'own'}]})).toMatchObject({
    A: 'own',
    B: 'b',
    DB_user: 'user',
  });
});

test('Services of the namespace, unless that is switched off', async () => {
  expect(await seen({})).toMatchObject({
    MY_DB_SERVICE_HOST: '10.43.0.9',
    MY_DB_SERVICE_PORT: '3306',
    MY_DB_SERVICE_PORT_SQL: '3306',
    MY_DB_PORT: 'tcp://10.43.0.9:3306',
    MY_DB_PORT_3306_TCP: 'tcp://10.43.0.9:3306',
    MY_DB_PORT_3306_TCP_PROTO: 'tcp',
    MY_DB_PORT_3306_TCP_PORT: '3306',
    MY_DB_PORT_3306_TCP_ADDR: '10.43.0.9',
  });
  expect(await seen({}, {enableServiceLinks: false})).not.toHaveProperty('MY_DB_SERVICE_HOST');
});

test('command and args', async () => {
  const {create, until, status, log} = await openNode();
  const env = [{name: 'CODE', value: '0'}];
  create('args', {env, command: ['exit'], args: ['$(CODE)', '$(CODE) $(NOPE)']}, {restartPolicy: 'Never'});
  await until(() => status('args')?.phase === 'Succeeded');
  expect(await log('args')).toBe('0 $(NOPE)\n');
});
