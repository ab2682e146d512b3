import {stat} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {persistentVolumeBinder} from '../../../../../src/sandbox/control/storage/binder.ts';
import {localPathClass, localPathProvisioner} from '../../../../../src/sandbox/control/storage/local-path.ts';
import {
  minikubeClass,
  minikubeHostpathProvisioner,
} from '../../../../../src/sandbox/control/storage/minikube-hostpath.ts';
import {claimProtection, volumeProtection} from '../../../../../src/sandbox/control/storage/protection.ts';
import type {NodeMachine} from '../../../../../src/sandbox/node/machine.ts';
import {openCluster} from '../open-cluster.ts';

const binding = [persistentVolumeBinder, claimProtection, volumeProtection];
const selectedNode = 'volume.kubernetes.io/selected-node';

async function openLocalPath() {
  const cluster = await openCluster([...binding, localPathProvisioner]);
  cluster.storageClass(localPathClass);
  const select = (claim: string, node: string) =>
    cluster.registry.change('persistentvolumeclaims', {namespace: 'lab', name: claim}, ({metadata}) => {
      metadata.annotations = {...metadata.annotations, [selectedNode]: node};
    });
  return {...cluster, select};
}

const modeOf = async (machine: NodeMachine | undefined, path: string) => {
  const found = await stat((await machine?.files.hostPath(path)) ?? '').catch(() => undefined);
  return found && (found.mode & 0o777).toString(8);
};

test('a claim of local-path waits for its first consumer, and says so every 15 s', async () => {
  const {claim, pod, clock, eventsOf, getClaim} = await openLocalPath();
  claim('data');
  await clock.advance(15_000);
  expect(getClaim('data')?.status?.phase).toBe('Pending');
  pod('db', {volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}]});
  await clock.advance(15_000);
  expect(eventsOf('data')).toEqual([
    'WaitForFirstConsumer ×2: waiting for first consumer to be created before binding',
    'WaitForPodScheduled ×1: waiting for pod db to be scheduled',
  ]);
});

test('a claim that is created together with its Pod, and decided on at once, waited for its first consumer too', async () => {
  const {claim, pod, clock, select, eventsOf} = await openLocalPath();
  claim('data');
  pod('db', {volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}]});
  select('data', 'agent-0');
  await clock.advance(0);
  expect(eventsOf('data')[0]).toBe(
    'WaitForFirstConsumer ×1: waiting for first consumer to be created before binding',
  );
  expect(eventsOf('data').join()).toContain('ExternalProvisioning');
});

test('on the node that the scheduler chose, a directory is made and a volume that stays there is bound', async () => {
  const {claim, select, clock, machines, eventsOf, getClaim, getVolume} = await openLocalPath();
  const {uid} = claim('data').metadata;
  await clock.advance(0);
  select('data', 'agent-1');
  await expect.poll(() => clock.advance(0).then(() => getClaim('data')?.status?.phase)).toBe('Bound');
  const path = `/var/lib/rancher/k3s/storage/pvc-${uid}_lab_data`;
  expect(getClaim('data')?.metadata.annotations).toEqual({
    'pv.kubernetes.io/bind-completed': 'yes',
    'pv.kubernetes.io/bound-by-controller': 'yes',
    [selectedNode]: 'agent-1',
    'volume.beta.kubernetes.io/storage-provisioner': 'rancher.io/local-path',
    'volume.kubernetes.io/storage-provisioner': 'rancher.io/local-path',
  });
  expect(getVolume(`pvc-${uid}`)).toMatchObject({
    metadata: {
      annotations: {
        'local.path.provisioner/selected-node': 'agent-1',
        'pv.kubernetes.io/provisioned-by': 'rancher.io/local-path',
      },
    },
    spec: {
      capacity: {storage: '1Gi'},
      claimRef: {uid},
      local: {path},
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            {matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: ['agent-1']}]},
          ],
        },
      },
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName: 'local-path',
      volumeMode: 'Filesystem',
    },
    status: {phase: 'Bound'},
  });
  expect([await modeOf(machines.get('agent-1'), path), await modeOf(machines.get('agent-0'), path)]).toEqual([
    '777',
    undefined,
  ]);
  expect(eventsOf('data').map(event => event.replace(/ ×\d+/, ''))).toEqual(
    expect.arrayContaining([
      'Provisioning: External provisioner is provisioning volume for claim "lab/data"',
      "ExternalProvisioning: Waiting for a volume to be created either by the external provisioner 'rancher.io/local-path' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
      `ProvisioningSucceeded: Successfully provisioned volume pvc-${uid}`,
    ]),
  );
});

test('a claim that a Pod uses stays until the Pod is gone; then volume and directory go too', async () => {
  const {claim, pod, select, clock, machines, registry, getClaim, getVolume, deleteClaim, deletePod} =
    await openLocalPath();
  const {uid} = claim('data').metadata;
  await clock.advance(0);
  select('data', 'agent-1');
  await expect.poll(() => clock.advance(0).then(() => getClaim('data')?.status?.phase)).toBe('Bound');
  pod('db', {nodeName: 'agent-1', volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}]});
  deleteClaim('data');
  await clock.advance(0);
  expect(getClaim('data')?.metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
  deletePod('db');
  await expect.poll(() => clock.advance(0).then(() => getVolume(`pvc-${uid}`))).toBeUndefined();
  expect(registry.list('persistentvolumeclaims')).toEqual([]);
  expect(await machines.get('agent-1')?.files.list('/var/lib/rancher/k3s/storage')).toEqual([]);
});

test('a node that is off keeps the data of a deleted claim until it is on again', async () => {
  const {claim, select, clock, machines, getClaim, getVolume, deleteClaim, eventsOf} = await openLocalPath();
  const volume = `pvc-${claim('data').metadata.uid}`;
  await clock.advance(0);
  select('data', 'agent-1');
  await expect.poll(() => clock.advance(0).then(() => getClaim('data')?.status?.phase)).toBe('Bound');
  await machines.get('agent-1')?.stop();
  deleteClaim('data');
  await clock.advance(121_000);
  expect(getVolume(volume)?.status?.phase).toBe('Released');
  expect(eventsOf(volume)).toEqual([
    `VolumeFailedDelete ×1: failed to delete volume ${volume}: failed to delete volume ${volume}: create process timeout after 120 seconds`,
  ]);
  await machines.get('agent-1')?.start();
  await expect.poll(() => clock.advance(15_000).then(() => getVolume(volume))).toBeUndefined();
});

test.each([
  [
    {accessModes: ['ReadWriteMany']},
    'NodePath only supports ReadWriteOnce and ReadWriteOncePod access modes',
  ],
  [{selector: {matchLabels: {a: 'b'}}}, 'claim.Spec.Selector is not supported'],
])('a claim with %j is refused, again and again, later each time', async (spec, message) => {
  const {claim, select, clock, eventsOf} = await openLocalPath();
  claim('data', spec);
  select('data', 'agent-0');
  await clock.advance(44_000);
  expect(eventsOf('data')).toContain(`ProvisioningFailed ×2: ${message}`);
  await clock.advance(2_000);
  expect(eventsOf('data')).toContain(`ProvisioningFailed ×3: ${message}`);
});

test('minikube’s class binds at once, to a directory on the control plane that no affinity tells of', async () => {
  const {storageClass, claim, clock, machines, getClaim, getVolume} = await openCluster([
    ...binding,
    minikubeHostpathProvisioner,
  ]);
  storageClass(minikubeClass);
  const {uid} = claim('data').metadata;
  await expect.poll(() => clock.advance(0).then(() => getClaim('data')?.status?.phase)).toBe('Bound');
  const {spec} = getVolume(`pvc-${uid}`) ?? {};
  const path = '/tmp/hostpath-provisioner/lab/data';
  expect(spec).toMatchObject({hostPath: {path, type: ''}, storageClassName: 'standard'});
  expect(spec).not.toHaveProperty('nodeAffinity');
  expect(await Promise.all(machines.list().map(machine => modeOf(machine, path)))).toEqual([
    '777',
    undefined,
    undefined,
  ]);
});
