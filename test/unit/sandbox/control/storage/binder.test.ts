import {expect, test} from 'vitest';
import {persistentVolumeBinder} from '../../../../../src/sandbox/control/storage/binder.ts';
import {volumeProtection} from '../../../../../src/sandbox/control/storage/protection.ts';
import {openCluster} from '../open-cluster.ts';

const open = () => openCluster([persistentVolumeBinder, volumeProtection]);
const mine = {storageClassName: 'my-mysql'};

test('a claim and a volume of one class are bound to each other, each with its marks', async () => {
  const {volume, claim, clock, getVolume, getClaim} = await open();
  volume('mysql-pv', {...mine, capacity: {storage: '2Gi'}});
  await clock.advance(0);
  expect(getVolume('mysql-pv')?.status?.phase).toBe('Available');
  const {metadata} = claim('mysql', mine);
  await clock.advance(0);
  expect(getVolume('mysql-pv')).toMatchObject({
    metadata: {annotations: {'pv.kubernetes.io/bound-by-controller': 'yes'}},
    spec: {claimRef: {kind: 'PersistentVolumeClaim', namespace: 'lab', name: 'mysql', uid: metadata.uid}},
    status: {phase: 'Bound'},
  });
  expect(getClaim('mysql')).toMatchObject({
    metadata: {
      annotations: {
        'pv.kubernetes.io/bind-completed': 'yes',
        'pv.kubernetes.io/bound-by-controller': 'yes',
      },
    },
    spec: {volumeName: 'mysql-pv'},
    status: {phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: {storage: '2Gi'}},
  });
});

test('the smallest volume that is large enough, labelled and accessible as asked is taken', async () => {
  const {volume, claim, clock, getClaim} = await open();
  volume('too-small', {...mine, capacity: {storage: '500Mi'}}, {labels: {disk: 'fast'}});
  volume('other-class', {storageClassName: 'other'}, {labels: {disk: 'fast'}});
  volume('unlabelled', mine);
  volume('block', {...mine, volumeMode: 'Block'}, {labels: {disk: 'fast'}});
  volume('large', {...mine, capacity: {storage: '1Ti'}}, {labels: {disk: 'fast'}});
  volume('right', {...mine, capacity: {storage: '3Gi'}}, {labels: {disk: 'fast'}});
  volume('read-only', {...mine, accessModes: ['ReadOnlyMany']}, {labels: {disk: 'fast'}});
  await clock.advance(0);
  claim('fast', {...mine, selector: {matchLabels: {disk: 'fast'}}});
  await clock.advance(0);
  expect(getClaim('fast')?.spec?.volumeName).toBe('right');
});

test('a volume reserved for a claim of that name waits for it, and no other claim gets it', async () => {
  const {volume, claim, clock, getVolume, getClaim} = await open();
  volume('reserved', {...mine, claimRef: {namespace: 'lab', name: 'late'}});
  claim('early', mine);
  await clock.advance(0);
  expect([getVolume('reserved')?.status?.phase, getClaim('early')?.status?.phase]).toEqual([
    'Available',
    'Pending',
  ]);
  claim('late', mine);
  await clock.advance(0);
  expect(getClaim('late')?.spec?.volumeName).toBe('reserved');
  expect(getVolume('reserved')?.metadata.annotations).toBeUndefined();
});

test('a volume that was asked for by name must fit, and must not be taken', async () => {
  const {volume, claim, clock, eventsOf, getClaim} = await open();
  volume('small', {...mine, capacity: {storage: '100Mi'}});
  volume('taken', mine);
  await clock.advance(0);
  claim('first', {...mine, volumeName: 'taken'});
  await clock.advance(0);
  claim('second', {...mine, volumeName: 'taken'});
  claim('big', {...mine, volumeName: 'small'});
  await clock.advance(0);
  expect(getClaim('first')?.metadata.annotations).toEqual({'pv.kubernetes.io/bind-completed': 'yes'});
  expect(eventsOf('second')).toEqual([
    'FailedBinding ×1: volume "taken" already bound to a different claim.',
  ]);
  expect(eventsOf('big')).toEqual([
    'VolumeMismatch ×1: Cannot bind to requested volume "small": requested PV is too small',
  ]);
});

test('who waits without a class, or for a class that is not there, is told every 15 s', async () => {
  const {claim, clock, eventsOf} = await open();
  claim('no-class', {storageClassName: ''});
  claim('bad-class', {storageClassName: 'standard-rwo'});
  await clock.advance(31_000);
  expect(eventsOf('no-class')).toEqual([
    'FailedBinding ×3: no persistent volumes available for this claim and no storage class is set',
  ]);
  expect(eventsOf('bad-class')).toEqual([
    'ProvisioningFailed ×3: storageclass.storage.k8s.io "standard-rwo" not found',
  ]);
});

test('a claim that waits is bound at a look of its own to a volume that came later', async () => {
  const {volume, claim, clock, getClaim} = await open();
  claim('mysql', mine);
  await clock.advance(1_000);
  volume('mysql-pv', mine);
  await clock.advance(15_000);
  expect(getClaim('mysql')?.status?.phase).toBe('Bound');
});

test('a retained volume is Released when its claim is gone, and free again without its claimRef', async () => {
  const {volume, claim, clock, registry, getVolume, getClaim, deleteClaim} = await open();
  volume('mysql-pv', mine);
  claim('mysql', mine);
  await clock.advance(0);
  registry.change('persistentvolumeclaims', {namespace: 'lab', name: 'mysql'}, ({metadata}) => {
    metadata.finalizers = [];
  });
  deleteClaim('mysql');
  claim('mysql', mine);
  await clock.advance(16_000);
  expect([getVolume('mysql-pv')?.status?.phase, getClaim('mysql')?.status?.phase]).toEqual([
    'Released',
    'Pending',
  ]);
  registry.change('persistentvolumes', {name: 'mysql-pv'}, ({spec}) => {
    delete spec?.claimRef;
  });
  await clock.advance(0);
  expect(getVolume('mysql-pv')?.status?.phase).toBe('Available');
  await clock.advance(15_000);
  expect(getClaim('mysql')?.spec?.volumeName).toBe('mysql-pv');
});

test('a claim whose volume was deleted is lost', async () => {
  const {volume, claim, clock, registry, getClaim, eventsOf} = await open();
  volume('mysql-pv', mine);
  claim('mysql', mine);
  await clock.advance(0);
  registry.change('persistentvolumes', {name: 'mysql-pv'}, ({metadata}) => {
    metadata.finalizers = [];
  });
  registry.delete('persistentvolumes', undefined, 'mysql-pv');
  await clock.advance(0);
  expect(getClaim('mysql')?.status).toEqual({phase: 'Lost'});
  expect(eventsOf('mysql')).toEqual([
    'ClaimLost ×1: Bound claim has lost its PersistentVolume. Data on the volume is lost!',
  ]);
});

test.each([
  ['/data/x', 'host_path deleter only supports /tmp/.+ but received provided /data/x'],
  [undefined, 'error getting deleter volume plugin for volume "pv": no volume plugin matched'],
])('Delete of a volume at %s that is nobody’s to delete fails', async (path, message) => {
  const {volume, claim, clock, registry, getVolume, eventsOf, deleteClaim} = await open();
  const source = path ? {hostPath: {path}} : {hostPath: undefined, nfs: {server: 'x', path: '/'}};
  volume('pv', {...mine, ...source, persistentVolumeReclaimPolicy: 'Delete'});
  claim('mysql', mine);
  await clock.advance(0);
  registry.change('persistentvolumeclaims', {namespace: 'lab', name: 'mysql'}, ({metadata}) => {
    metadata.finalizers = [];
  });
  deleteClaim('mysql');
  await clock.advance(60_000);
  expect(getVolume('pv')?.status).toMatchObject({phase: 'Failed', message});
  expect(eventsOf('pv')).toEqual([`VolumeFailedDelete ×1: ${message}`]);
});
