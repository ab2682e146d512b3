import {expect, test} from 'vitest';
import type {OpenRegistry} from '../../../../../src/sandbox/registry/open.ts';
import {manualClock} from '../../manual-clock.ts';
import {newCluster} from './cluster.ts';

test('of two default classes the newer one is given', async () => {
  const clock = manualClock();
  const registry = newCluster('shop', clock);
  await clock.advance(1000);
  createClass(registry, 'a-newer-one', true);
  expect(claimedClass(registry)).toBe('a-newer-one');
});

test('without a default class a claim stays without one', () => {
  const registry = newCluster('shop');
  registry.delete('storageclasses.storage.k8s.io', undefined, 'local-path');
  createClass(registry, 'other', false);
  expect(claimedClass(registry)).toBeUndefined();
});

const createClass = (registry: OpenRegistry, name: string, isDefault: boolean) =>
  registry.create('storageclasses.storage.k8s.io', {
    metadata: {name, annotations: {'storageclass.kubernetes.io/is-default-class': String(isDefault)}},
    provisioner: 'example.com/p',
  });

const claimedClass = (registry: OpenRegistry) =>
  registry.create('persistentvolumeclaims', {
    metadata: {namespace: 'shop', name: 'data'},
    spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}},
  }).spec?.storageClassName;
