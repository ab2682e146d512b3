import {expect, test} from 'vitest';
import type {OpenRegistry} from '../../../../../src/sandbox/registry/open.ts';
import {newCluster} from './cluster.ts';

test('every Service has an address of its own', () => {
  const registry = newCluster('shop');
  for (let i = 0; i < 300; i++) createService(registry, `s${i}`, {});
  const addresses = registry.list('services').map(({spec}) => spec?.clusterIP);
  expect(new Set(addresses).size).toBe(addresses.length);
});

test('a deleted Service gives its address and its node port back', () => {
  const registry = newCluster('shop');
  const ports = [{port: 80, nodePort: 30_100}];
  const spec = {type: 'NodePort', clusterIP: '10.43.9.9', ports};
  createService(registry, 'first', spec);
  expect(() => createService(registry, 'second', spec)).toThrow('provided IP is already allocated');
  registry.delete('services', 'shop', 'first');
  expect(createService(registry, 'second', spec).spec).toMatchObject({clusterIP: '10.43.9.9', ports});
});

test('TCP and UDP of one port share a node port', () => {
  const ports = [
    {name: 'tcp', port: 53, protocol: 'TCP'},
    {name: 'udp', port: 53, protocol: 'UDP'},
  ];
  const {spec} = createService(newCluster('shop'), 'dns', {type: 'NodePort', ports});
  const [tcp, udp] = spec?.ports ?? [];
  expect(udp?.nodePort).toBe(tcp?.nodePort);
});

const createService = (registry: OpenRegistry, name: string, spec: object) =>
  registry.create('services', {metadata: {namespace: 'shop', name}, spec: {ports: [{port: 80}], ...spec}});
