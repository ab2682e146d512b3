import {expect, test} from 'vitest';
import {defaultServiceAccount} from '../../../../../src/sandbox/control/namespace/default-service-account.ts';
import {namespaces} from '../../../../../src/sandbox/control/namespace/namespaces.ts';
import {rootCertificate} from '../../../../../src/sandbox/control/namespace/root-certificate.ts';
import {openCluster} from '../open-cluster.ts';
import {standInKubelet} from '../stand-in-kubelet.ts';

const open = () =>
  openCluster([namespaces, defaultServiceAccount, rootCertificate('-- CA --'), standInKubelet()]);

test('a namespace is furnished, and what is taken away comes back', async () => {
  const {registry, clock} = await open();
  registry.create('namespaces', {metadata: {name: 'new'}});
  await clock.advance(100);
  expect(registry.get('configmaps', 'new', 'kube-root-ca.crt')?.data).toEqual({'ca.crt': '-- CA --'});
  expect(registry.get('serviceaccounts', 'new', 'default')).toBeDefined();
  registry.delete('serviceaccounts', 'new', 'default');
  registry.delete('configmaps', 'new', 'kube-root-ca.crt');
  await clock.advance(100);
  expect(registry.list('serviceaccounts', 'new')).toHaveLength(1);
  expect(registry.list('configmaps', 'new')).toHaveLength(1);
});

test('after five seconds it is emptied, its Pods first, and gone with the last of them', async () => {
  const {registry, clock, pod, claim} = await open();
  await clock.advance(1000);
  pod('web');
  claim('data');
  registry.delete('namespaces', undefined, 'lab');
  await clock.advance(4900);
  expect(registry.get('namespaces', undefined, 'lab')?.status?.phase).toBe('Terminating');
  expect(registry.list('pods', 'lab')[0]?.metadata.deletionTimestamp).toBeUndefined();
  await clock.advance(300);
  expect(registry.list('pods', 'lab')[0]?.metadata.deletionTimestamp).toBeDefined();
  expect(registry.list('configmaps', 'lab')).toHaveLength(1);
  await clock.advance(2000);
  expect(registry.list('configmaps', 'lab')).toEqual([]);
  registry.change('persistentvolumeclaims', {namespace: 'lab', name: 'data'}, ({metadata}) => {
    metadata.finalizers = [];
  });
  await clock.advance(100);
  expect(registry.get('namespaces', undefined, 'lab')).toBeUndefined();
});

test('what a finalizer holds keeps the namespace, and it says so', async () => {
  const {registry, clock} = await open();
  registry.create('configmaps', {metadata: {namespace: 'lab', name: 'held', finalizers: ['x.io/hold']}});
  registry.delete('namespaces', undefined, 'lab');
  await clock.advance(6000);
  const conditions = registry.get('namespaces', undefined, 'lab')?.status?.conditions ?? [];
  expect(conditions.map(({type, status}) => `${type} ${status}`)).toEqual([
    'NamespaceDeletionDiscoveryFailure False',
    'NamespaceDeletionGroupVersionParsingFailure False',
    'NamespaceDeletionContentFailure False',
    'NamespaceContentRemaining True',
    'NamespaceFinalizersRemaining True',
  ]);
  expect(conditions.slice(3).map(({message}) => message)).toEqual([
    'Some resources are remaining: configmaps. has 1 resource instances',
    'Some content in the namespace has finalizers remaining: x.io/hold in 1 resource instances',
  ]);
});
