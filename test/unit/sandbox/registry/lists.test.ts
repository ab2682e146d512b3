import {expect, test} from 'vitest';
import {labRegistry} from './open.ts';

test('a list is in the order of etcd, of all namespaces or of one', () => {
  const {registry, configMap} = labRegistry();
  for (const name of ['lab-2', 'la']) registry.create('namespaces', {metadata: {name}});
  const place = [
    ['lab', 'b'],
    ['other', 'a'],
    ['lab-2', 'a'],
    ['lab', 'a.b'],
    ['la', 'z'],
    ['lab', 'a-b'],
    ['lab', 'a'],
  ] as const;
  for (const [namespace, name] of place) configMap(name, {metadata: {namespace}});
  const names = (namespace?: string) =>
    registry.list('configmaps', namespace).map(({metadata}) => `${metadata.namespace}/${metadata.name}`);
  expect(names()).toEqual(['la/z', 'lab-2/a', 'lab/a', 'lab/a-b', 'lab/a.b', 'lab/b', 'other/a']);
  expect(names('lab')).toEqual(['lab/a', 'lab/a-b', 'lab/a.b', 'lab/b']);
  expect(names('nope')).toEqual([]);
  registry.delete('configmaps', 'lab', 'a-b');
  expect(names('lab')).toEqual(['lab/a', 'lab/a.b', 'lab/b']);
  expect(registry.list('namespaces').map(({metadata}) => metadata.name)).toEqual([
    'la',
    'lab',
    'lab-2',
    'other',
  ]);
});

test('a list stays as it was while the registry goes on', () => {
  const {registry, configMap} = labRegistry();
  const first = configMap('a');
  const list = registry.list('configmaps');
  configMap('b');
  registry.update('configmaps', {metadata: {name: 'a', namespace: 'lab'}, data: {x: '1'}});
  expect(list).toEqual([first]);
  expect(registry.list('configmaps')).toHaveLength(2);
});

test('objects are found by their owner, of whatever resource', () => {
  const {registry, configMap, pod} = labRegistry();
  const owned = (uid: string) => ({
    metadata: {ownerReferences: [{apiVersion: 'v1', kind: 'Node', name: 'n', uid}]},
  });
  const [map, one] = [configMap('a', owned('u')), pod('a', owned('u'))];
  pod('b', owned('v'));
  expect(registry.ownedBy('u')).toEqual([map, one]);
  const moved = registry.change('pods', one, draft => {
    draft.metadata.ownerReferences = owned('v').metadata.ownerReferences;
  });
  expect(registry.ownedBy('u')).toEqual([map]);
  expect(registry.ownedBy('v')).toContain(moved);
  registry.delete('configmaps', 'lab', 'a');
  expect(registry.ownedBy('u')).toEqual([]);
});

test('Pods are found by their node', () => {
  const {registry, pod} = labRegistry();
  const one = pod('a', {spec: {nodeName: 'agent-0'}});
  const other = pod('b');
  const bound = registry.change('pods', other, draft => {
    draft.spec = {containers: [], nodeName: 'agent-0'};
  });
  expect(registry.podsOn('agent-0')).toEqual([one, bound]);
  expect(registry.podsOn('agent-1')).toEqual([]);
});

test('a resource is found by apiVersion and kind', () => {
  const {registry} = labRegistry();
  expect(registry.resourceOf({apiVersion: 'apps/v1', kind: 'Deployment'}).id).toBe('deployments.apps');
  expect(registry.resourceOf({apiVersion: 'v1', kind: 'Pod'}).id).toBe('pods');
  expect(() => registry.resourceOf({apiVersion: 'v1', kind: 'Deployment'})).toThrow(
    expect.objectContaining({code: 404}),
  );
});

test('the version only grows, one number for all resources', () => {
  const {registry, configMap, pod} = labRegistry();
  const versions = [configMap('a'), pod('a'), configMap('b')].map(({metadata}) =>
    Number(metadata.resourceVersion),
  );
  const first = versions[0] ?? 0;
  expect(versions).toEqual([first, first + 1, first + 2]);
  expect(registry.version).toBe(first + 2);
});
