import {expect, test} from 'vitest';
import {garbageCollector} from '../../../../../src/sandbox/control/garbage/garbage-collector.ts';
import type {Stored} from '../../../../../src/sandbox/objects.ts';
import {openCluster} from '../open-cluster.ts';

async function openFamily() {
  const cluster = await openCluster([garbageCollector]);
  const {registry} = cluster;
  const make = (name: string, ...owners: Stored[]) =>
    registry.create('configmaps', {
      metadata: {
        namespace: 'lab',
        name,
        ownerReferences: owners.map(({apiVersion, kind, metadata}) => ({
          apiVersion,
          kind,
          name: metadata.name,
          uid: metadata.uid,
          blockOwnerDeletion: true,
        })),
      },
    }) as Stored;
  const names = () => registry.list('configmaps', 'lab').map(({metadata}) => metadata.name);
  return {...cluster, make, names};
}

test('in background, the owner goes at once and then all that hangs on it', async () => {
  const {registry, clock, make, names} = await openFamily();
  const parent = make('parent');
  make('grandchild', make('child', parent));
  make('stranger');
  registry.delete('configmaps', 'lab', 'parent', {propagationPolicy: 'Background'});
  expect(names()).toEqual(['child', 'grandchild', 'stranger']);
  await clock.advance(100);
  expect(names()).toEqual(['stranger']);
});

test('in foreground, the owner stays until the last of its dependents is gone', async () => {
  const {registry, clock, make, names} = await openFamily();
  const parent = make('parent');
  const child = make('child', parent);
  make('grandchild', child);
  registry.change('configmaps', {namespace: 'lab', name: 'grandchild'}, ({metadata}) => {
    metadata.finalizers = ['example.com/hold'];
  });
  registry.delete('configmaps', 'lab', 'parent', {propagationPolicy: 'Foreground'});
  await clock.advance(100);
  expect(names()).toEqual(['child', 'grandchild', 'parent']);
  expect(registry.get('configmaps', 'lab', 'child')?.metadata.finalizers).toEqual(['foregroundDeletion']);
  registry.change('configmaps', {namespace: 'lab', name: 'grandchild'}, ({metadata}) => {
    metadata.finalizers = [];
  });
  await clock.advance(100);
  expect(names()).toEqual([]);
});

test('orphaned, the dependents forget their owner and stay', async () => {
  const {registry, clock, make, names} = await openFamily();
  make('child', make('parent'));
  registry.delete('configmaps', 'lab', 'parent', {propagationPolicy: 'Orphan'});
  await clock.advance(100);
  expect(names()).toEqual(['child']);
  expect(registry.get('configmaps', 'lab', 'child')?.metadata.ownerReferences).toBeUndefined();
});

test('with another owner left, only the one that is gone is forgotten', async () => {
  const {registry, clock, make, names} = await openFamily();
  const [one, other] = [make('one'), make('other')];
  make('child', one, other);
  registry.delete('configmaps', 'lab', 'one', {propagationPolicy: 'Background'});
  await clock.advance(100);
  expect(names()).toEqual(['child', 'other']);
  expect(registry.get('configmaps', 'lab', 'child')?.metadata.ownerReferences).toMatchObject([
    {name: 'other'},
  ]);
});

test('an owner of the same name with another UID is none; one of an unknown kind is left alone', async () => {
  const {registry, clock, make, names} = await openFamily();
  const parent = make('parent');
  make('mistaken', {...parent, metadata: {...parent.metadata, uid: 'another'}});
  registry.create('configmaps', {
    metadata: {
      namespace: 'lab',
      name: 'foreign',
      ownerReferences: [{apiVersion: 'example.com/v1', kind: 'Thing', name: 'thing', uid: 'x'}],
    },
  });
  await clock.advance(100);
  expect(names()).toEqual(['foreign', 'parent']);
});

test('what lost its owner while nobody looked is found at the start', async () => {
  const {registry, clock, start} = await openCluster([]);
  registry.create('configmaps', {
    metadata: {
      namespace: 'lab',
      name: 'left',
      ownerReferences: [{apiVersion: 'v1', kind: 'ConfigMap', name: 'gone', uid: 'x'}],
    },
  });
  start(garbageCollector);
  await clock.advance(100);
  expect(registry.list('configmaps', 'lab')).toEqual([]);
});
