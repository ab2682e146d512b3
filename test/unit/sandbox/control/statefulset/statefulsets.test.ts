import {expect, test} from 'vitest';
import {garbageCollector} from '../../../../../src/sandbox/control/garbage/garbage-collector.ts';
import {statefulSets} from '../../../../../src/sandbox/control/statefulset/statefulsets.ts';
import type {Of} from '../../../../../src/sandbox/objects.ts';
import {openCluster} from '../open-cluster.ts';
import {standInKubelet} from '../stand-in-kubelet.ts';

const isBroken = ({spec}: Of<'pods'>) => spec?.containers[0]?.image === 'nope:1';

async function openDb(spec: object = {}) {
  const cluster = await openCluster([statefulSets, garbageCollector, standInKubelet(isBroken)]);
  const {registry} = cluster;
  const create = () =>
    registry.create('statefulsets.apps', {
      metadata: {namespace: 'lab', name: 'db'},
      spec: {
        serviceName: 'db',
        replicas: 3,
        selector: {matchLabels: {app: 'db'}},
        template: {
          metadata: {labels: {app: 'db'}},
          spec: {containers: [{name: 'mariadb', image: 'mariadb:11.8'}]},
        },
        volumeClaimTemplates: [
          {
            metadata: {name: 'data'},
            spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}},
          },
        ],
        ...spec,
      },
    });
  create();
  const get = () => {
    const found = registry.get('statefulsets.apps', 'lab', 'db');
    if (!found) throw new Error('no StatefulSet db');
    return found;
  };
  const happened: string[] = [];
  registry.subscribe('pods', ({type, object: {metadata}, before}) => {
    if (type === 'ADDED') happened.push(`+${metadata.name}`);
    else if (metadata.deletionTimestamp && !before?.metadata.deletionTimestamp)
      happened.push(`-${metadata.name}`);
  });
  const edit = (recipe: (spec: Of<'statefulsets.apps'>['spec'] & object) => void) =>
    registry.change('statefulsets.apps', get(), draft => void (draft.spec && recipe(draft.spec)));
  return {
    ...cluster,
    create,
    get,
    edit,
    happened,
    scale: (replicas: number) => edit(spec => void Object.assign(spec, {replicas})),
    setImage: (image: string) =>
      edit(({template}) => {
        for (const container of template.spec?.containers ?? []) container.image = image;
      }),
    names: () => registry.list('pods', 'lab').map(({metadata}) => metadata.name),
    claims: () => registry.list('persistentvolumeclaims', 'lab').map(({metadata}) => metadata.name),
  };
}

test('Pods come one by one, each with its name, labels, host name and claim', async () => {
  const {clock, happened, names, claims, getPod, getClaim, get, eventsOf} = await openDb();
  await clock.advance(500);
  expect(names()).toEqual(['db-0']);
  await clock.advance(10_000);
  expect(happened).toEqual(['+db-0', '+db-1', '+db-2']);
  expect(claims()).toEqual(['data-db-0', 'data-db-1', 'data-db-2']);
  const revision = get().status?.currentRevision;
  expect(revision).toMatch(/^db-[4-9bcdf]{10}$/);
  expect(getPod('db-1')).toMatchObject({
    metadata: {
      generateName: 'db-',
      labels: {
        app: 'db',
        'apps.kubernetes.io/pod-index': '1',
        'controller-revision-hash': revision,
        'statefulset.kubernetes.io/pod-name': 'db-1',
      },
      ownerReferences: [{kind: 'StatefulSet', name: 'db', controller: true}],
    },
    spec: {hostname: 'db-1', subdomain: 'db'},
  });
  expect(getPod('db-1')?.spec?.volumes?.[0]).toEqual({
    name: 'data',
    persistentVolumeClaim: {claimName: 'data-db-1'},
  });
  expect(getClaim('data-db-1')?.metadata.labels).toEqual({app: 'db'});
  expect(getClaim('data-db-1')?.metadata.ownerReferences ?? []).toEqual([]);
  expect(get().status).toEqual({
    replicas: 3,
    readyReplicas: 3,
    currentReplicas: 3,
    updatedReplicas: 3,
    availableReplicas: 3,
    currentRevision: revision,
    updateRevision: revision,
    collisionCount: 0,
    observedGeneration: 1,
  });
  expect(eventsOf('db').slice(0, 2)).toEqual([
    'SuccessfulCreate ×1: Create Claim data-db-0 Pod db-0 in StatefulSet db success',
    'SuccessfulCreate ×1: Create Pod db-0 in StatefulSet db successful',
  ]);
});

test('scaled down, the highest goes first and alone; the claims stay, and are found again', async () => {
  const {clock, happened, scale, claims, getClaim} = await openDb();
  await clock.advance(10_000);
  const before = getClaim('data-db-2')?.metadata.uid;
  scale(1);
  await clock.advance(500);
  expect(happened.slice(3)).toEqual(['-db-2']);
  await clock.advance(10_000);
  expect(happened.slice(3)).toEqual(['-db-2', '-db-1']);
  expect(claims()).toHaveLength(3);
  scale(3);
  await clock.advance(10_000);
  expect(getClaim('data-db-2')?.metadata.uid).toBe(before);
});

test('a new template goes from the highest ordinal down, and its revision becomes the current one at the end', async () => {
  const {registry, clock, happened, setImage, get} = await openDb();
  await clock.advance(10_000);
  const old = get().status?.currentRevision;
  setImage('mariadb:11.4');
  await clock.advance(500);
  expect(get().status).toMatchObject({currentRevision: old, currentReplicas: 2});
  expect(get().status?.updateRevision).not.toBe(old);
  await clock.advance(20_000);
  expect(happened.slice(3)).toEqual(['-db-2', '+db-2', '-db-1', '+db-1', '-db-0', '+db-0']);
  expect(get().status?.currentRevision).toBe(get().status?.updateRevision);
  const revisions = registry.list('controllerrevisions.apps', 'lab');
  expect(revisions.map(({revision}) => revision).toSorted()).toEqual([1, 2]);
});

test('an update stops below the partition, and a Pod below it comes back with the old template', async () => {
  const {registry, clock, setImage, edit} = await openDb();
  await clock.advance(10_000);
  edit(spec => {
    spec.updateStrategy = {type: 'RollingUpdate', rollingUpdate: {partition: 2}};
  });
  setImage('mariadb:11.4');
  await clock.advance(10_000);
  registry.delete('pods', 'lab', 'db-0');
  await clock.advance(10_000);
  const images = registry.list('pods', 'lab').map(({spec}) => spec?.containers[0]?.image);
  expect(images).toEqual(['mariadb:11.8', 'mariadb:11.8', 'mariadb:11.4']);
});

test('OnDelete leaves it to the user when a Pod gets the new template', async () => {
  const {registry, clock, setImage, happened, getPod} = await openDb({updateStrategy: {type: 'OnDelete'}});
  await clock.advance(10_000);
  setImage('mariadb:11.4');
  await clock.advance(10_000);
  expect(happened).toHaveLength(3);
  registry.delete('pods', 'lab', 'db-1');
  await clock.advance(10_000);
  expect(getPod('db-1')?.spec?.containers[0]?.image).toBe('mariadb:11.4');
  expect(getPod('db-0')?.spec?.containers[0]?.image).toBe('mariadb:11.8');
});

test('a broken update holds at its first Pod, also after the template was put right, until somebody deletes it', async () => {
  const {registry, clock, setImage, getPod, get} = await openDb();
  await clock.advance(10_000);
  setImage('nope:1');
  await clock.advance(10_000);
  setImage('mariadb:11.8');
  await clock.advance(10_000);
  expect(getPod('db-2')?.spec?.containers[0]?.image).toBe('nope:1');
  registry.delete('pods', 'lab', 'db-2');
  await clock.advance(10_000);
  expect(getPod('db-2')?.spec?.containers[0]?.image).toBe('mariadb:11.8');
  expect(get().status?.readyReplicas).toBe(3);
});

test('a Pod that is going away, on whatever node, is not replaced before it is gone', async () => {
  const cluster = await openCluster([statefulSets]);
  const {registry, clock} = cluster;
  registry.create('statefulsets.apps', {
    metadata: {namespace: 'lab', name: 'db'},
    spec: {
      selector: {matchLabels: {app: 'db'}},
      template: {metadata: {labels: {app: 'db'}}, spec: {containers: [{name: 'a', image: 'a:1'}]}},
    },
  });
  await clock.advance(0);
  const pod = cluster.getPod('db-0');
  registry.change(
    'pods',
    {namespace: 'lab', name: 'db-0'},
    ({spec}) => void Object.assign(spec ?? {}, {nodeName: 'agent-0'}),
    {
      subresource: 'binding',
    },
  );
  registry.delete('pods', 'lab', 'db-0');
  await clock.advance(600_000);
  expect(cluster.getPod('db-0')?.metadata.uid).toBe(pod?.metadata.uid);
  registry.delete('pods', 'lab', 'db-0', {gracePeriodSeconds: 0});
  await clock.advance(0);
  expect(cluster.getPod('db-0')?.metadata.uid).not.toBe(pod?.metadata.uid);
});

test('a Failed Pod is cleared away and made anew', async () => {
  const {registry, clock, getPod, eventsOf} = await openDb();
  await clock.advance(10_000);
  const before = getPod('db-1')?.metadata.uid;
  registry.change(
    'pods',
    {namespace: 'lab', name: 'db-1'},
    ({status}) => void Object.assign(status ?? {}, {phase: 'Failed'}),
    {
      subresource: 'status',
    },
  );
  await clock.advance(5000);
  expect(getPod('db-1')?.status?.phase).toBe('Running');
  expect(getPod('db-1')?.metadata.uid).not.toBe(before);
  expect(eventsOf('db')).toContain(
    'RecreatingFailedPod ×1: StatefulSet lab/db is recreating failed Pod db-1',
  );
});

test('Parallel makes and removes all Pods at once', async () => {
  const {clock, names, scale, happened} = await openDb({podManagementPolicy: 'Parallel'});
  await clock.advance(500);
  expect(names()).toEqual(['db-0', 'db-1', 'db-2']);
  await clock.advance(5000);
  scale(0);
  await clock.advance(500);
  expect(happened.slice(3)).toEqual(['-db-2', '-db-1', '-db-0']);
});

test.each([
  ['Retain', 'Retain', [], ['data-db-0', 'data-db-1'], ['data-db-0', 'data-db-1']],
  ['Delete', 'Retain', ['StatefulSet'], ['data-db-0', 'data-db-1'], []],
  ['Retain', 'Delete', [], ['data-db-0'], ['data-db-0']],
  ['Delete', 'Delete', ['StatefulSet'], ['data-db-0'], []],
])(
  'claims when deleted: %s, when scaled: %s',
  async (whenDeleted, whenScaled, owners, afterScaling, afterDeletion) => {
    const {registry, clock, scale, getClaim, claims} = await openDb({
      replicas: 2,
      persistentVolumeClaimRetentionPolicy: {whenDeleted, whenScaled},
    });
    await clock.advance(10_000);
    const release = (name: string) =>
      registry.change(
        'persistentvolumeclaims',
        {namespace: 'lab', name},
        ({metadata}) => void Object.assign(metadata, {finalizers: []}),
      );
    for (const name of claims()) release(name);
    expect(getClaim('data-db-1')?.metadata.ownerReferences?.map(({kind}) => kind) ?? []).toEqual(owners);
    scale(1);
    await clock.advance(10_000);
    expect(claims()).toEqual(afterScaling);
    registry.delete('statefulsets.apps', 'lab', 'db', {propagationPolicy: 'Background'});
    await clock.advance(10_000);
    expect(claims()).toEqual(afterDeletion);
  },
);

test('another retention policy is told as an update of each Pod', async () => {
  const {clock, edit, eventsOf} = await openDb({replicas: 2});
  await clock.advance(10_000);
  edit(spec => {
    spec.persistentVolumeClaimRetentionPolicy = {whenDeleted: 'Delete', whenScaled: 'Delete'};
  });
  await clock.advance(1000);
  expect(eventsOf('db').slice(-2)).toEqual([
    'SuccessfulUpdate ×1: Update Pod db-0 in StatefulSet db successful',
    'SuccessfulUpdate ×1: Update Pod db-1 in StatefulSet db successful',
  ]);
});

test('deleted with its Pods orphaned and created again, it takes over Pods and revisions', async () => {
  const {registry, clock, create, names, getPod, happened} = await openDb();
  await clock.advance(10_000);
  const before = getPod('db-0')?.metadata.uid;
  registry.delete('statefulsets.apps', 'lab', 'db', {propagationPolicy: 'Orphan'});
  await clock.advance(1000);
  expect(names()).toHaveLength(3);
  expect(getPod('db-0')?.metadata.ownerReferences ?? []).toEqual([]);
  create();
  await clock.advance(5000);
  expect(getPod('db-0')?.metadata).toMatchObject({uid: before, ownerReferences: [{kind: 'StatefulSet'}]});
  expect(happened).toHaveLength(3);
  expect(registry.list('controllerrevisions.apps', 'lab')).toHaveLength(1);
});
