import {expect, test} from 'vitest';
import {deployments} from '../../../../../src/sandbox/control/deployment/deployments.ts';
import {garbageCollector} from '../../../../../src/sandbox/control/garbage/garbage-collector.ts';
import {replicaSets} from '../../../../../src/sandbox/control/replicaset/replicasets.ts';
import type {Of} from '../../../../../src/sandbox/objects.ts';
import {openCluster} from '../open-cluster.ts';
import {standInKubelet} from '../stand-in-kubelet.ts';

const isBroken = ({spec}: Of<'pods'>) => spec?.containers[0]?.image === 'nope:1';

async function openWeb(spec: object = {}) {
  const cluster = await openCluster([deployments, replicaSets, garbageCollector, standInKubelet(isBroken)]);
  const {registry} = cluster;
  registry.create('deployments.apps', {
    metadata: {namespace: 'lab', name: 'web'},
    spec: {
      replicas: 2,
      selector: {matchLabels: {app: 'web'}},
      template: {
        metadata: {labels: {app: 'web'}},
        spec: {containers: [{name: 'nginx', image: 'nginx:1.26'}]},
      },
      ...spec,
    },
  });
  const get = () => {
    const found = registry.get('deployments.apps', 'lab', 'web');
    if (!found) throw new Error('no Deployment web');
    return found;
  };
  return {
    ...cluster,
    get,
    edit: (recipe: (spec: Of<'deployments.apps'>['spec'] & object) => void) =>
      registry.change('deployments.apps', get(), draft => void (draft.spec && recipe(draft.spec))),
    setImage: (image: string) =>
      registry.change('deployments.apps', get(), ({spec}) => {
        for (const container of spec?.template.spec?.containers ?? []) container.image = image;
      }),
    condition: (type: string) => {
      const found = get().status?.conditions?.find(one => one.type === type);
      return found && `${found.status} ${found.reason}: ${found.message}`;
    },
    sets: () => registry.list('replicasets.apps', 'lab'),
    running: () => registry.list('pods', 'lab').filter(({metadata}) => !metadata.deletionTimestamp),
  };
}

test('a new Deployment gets a ReplicaSet of its template, with the names and annotations of revision 1', async () => {
  const {clock, get, sets, condition, eventsOf, running} = await openWeb();
  await clock.advance(5000);
  const [set] = sets();
  const hash = set?.metadata.labels?.['pod-template-hash'];
  expect(hash).toMatch(/^[4-9bcdf]{10}$/);
  expect(set?.metadata).toMatchObject({
    name: `web-${hash}`,
    annotations: {
      'deployment.kubernetes.io/desired-replicas': '2',
      'deployment.kubernetes.io/max-replicas': '3',
      'deployment.kubernetes.io/revision': '1',
    },
    ownerReferences: [{kind: 'Deployment', name: 'web', controller: true, blockOwnerDeletion: true}],
  });
  expect(running()).toHaveLength(2);
  expect(get().metadata.annotations).toEqual({'deployment.kubernetes.io/revision': '1'});
  expect(get().status).toMatchObject({
    observedGeneration: 1,
    replicas: 2,
    updatedReplicas: 2,
    readyReplicas: 2,
    availableReplicas: 2,
    terminatingReplicas: 0,
  });
  expect(get().status).not.toHaveProperty('unavailableReplicas');
  expect(condition('Available')).toBe('True MinimumReplicasAvailable: Deployment has minimum availability.');
  expect(condition('Progressing')).toBe(
    `True NewReplicaSetAvailable: ReplicaSet "web-${hash}" has successfully progressed.`,
  );
  expect(eventsOf('web')).toEqual([`ScalingReplicaSet ×1: Scaled up replica set web-${hash} from 0 to 2`]);
});

test('the status goes through the states that kubectl rollout status waits for', async () => {
  const {registry, clock, get} = await openWeb({replicas: 1});
  const seen: string[] = [];
  registry.subscribe('deployments.apps', ({object: {status = {}}}) => {
    const {
      observedGeneration: generation,
      replicas,
      availableReplicas,
      unavailableReplicas,
      conditions,
    } = status;
    const reason = conditions?.find(({type}) => type === 'Progressing')?.reason;
    seen.push([generation, replicas, availableReplicas, unavailableReplicas, reason].map(String).join(' '));
  });
  await clock.advance(5000);
  // As recorded from a real cluster.
  expect(seen).toEqual([
    'undefined undefined undefined undefined NewReplicaSetCreated',
    '1 undefined undefined 1 NewReplicaSetCreated',
    '1 1 undefined 1 ReplicaSetUpdated',
    '1 1 1 undefined NewReplicaSetAvailable',
  ]);
  expect(get().status?.conditions?.map(({type}) => type)).toEqual(['Available', 'Progressing']);
});

test('a new template is rolled out without ever falling under the minimum or over the surge', async () => {
  const {registry, clock, edit, running, sets, eventsOf} = await openWeb({replicas: 4});
  await clock.advance(5000);
  const counts = new Set<string>();
  registry.subscribe('replicasets.apps', () => {
    const asked = sets().reduce((sum, {spec}) => sum + (spec?.replicas ?? 0), 0);
    const ready = running().filter(({status}) => status?.conditions?.some(({status}) => status === 'True'));
    if (asked > 5 || ready.length < 3) counts.add(`${asked} Pods asked for, ${ready.length} ready`);
  });
  edit(({template}) => {
    if (template.spec) template.spec.terminationGracePeriodSeconds = 5;
  });
  await clock.advance(30_000);
  expect([...counts]).toEqual([]);
  const [old, newest] = sets().toSorted(
    (one, other) => (one.spec?.replicas ?? 0) - (other.spec?.replicas ?? 0),
  );
  expect([old?.spec?.replicas, newest?.spec?.replicas]).toEqual([0, 4]);
  expect(running().every(({spec}) => spec?.terminationGracePeriodSeconds === 5)).toBe(true);
  expect(eventsOf('web').slice(1, 3)).toEqual([
    `ScalingReplicaSet ×1: Scaled up replica set ${newest?.metadata.name} from 0 to 1`,
    `ScalingReplicaSet ×1: Scaled down replica set ${old?.metadata.name} from 4 to 3`,
  ]);
});

test('an older template gets its ReplicaSet back, as a new revision that remembers the old one', async () => {
  const {clock, get, sets, setImage} = await openWeb();
  await clock.advance(5000);
  const [first] = sets();
  setImage('nginx:1.27');
  await clock.advance(10_000);
  setImage('nginx:1.26');
  await clock.advance(10_000);
  expect(sets()).toHaveLength(2);
  expect(sets().find(({metadata}) => metadata.name === first?.metadata.name)).toMatchObject({
    metadata: {
      annotations: {
        'deployment.kubernetes.io/revision': '3',
        'deployment.kubernetes.io/revision-history': '1',
      },
    },
    spec: {replicas: 2},
  });
  expect(get().metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('3');
});

test('Recreate makes the first new Pod when the last old one is gone', async () => {
  const {registry, clock, edit, setImage} = await openWeb();
  await clock.advance(5000);
  edit(spec => {
    spec.strategy = {type: 'Recreate'};
  });
  let most = 0;
  registry.subscribe('pods', () => {
    const images = new Set(registry.list('pods', 'lab').map(({spec}) => spec?.containers[0]?.image));
    most = Math.max(most, images.size);
  });
  setImage('nginx:1.27');
  await clock.advance(10_000);
  expect(most).toBe(1);
  expect(registry.list('pods', 'lab').map(({spec}) => spec?.containers[0]?.image)).toEqual([
    'nginx:1.27',
    'nginx:1.27',
  ]);
});

test('while it is paused it is scaled, but a new template waits until it is resumed', async () => {
  const {clock, edit, setImage, sets, running, condition, get} = await openWeb();
  await clock.advance(5000);
  edit(spec => {
    spec.paused = true;
  });
  await clock.advance(100);
  expect(condition('Progressing')).toBe('Unknown DeploymentPaused: Deployment is paused');
  setImage('nginx:1.27');
  edit(spec => {
    spec.replicas = 3;
  });
  await clock.advance(5000);
  expect([sets().length, running().length, get().status?.updatedReplicas]).toEqual([1, 3, undefined]);
  edit(spec => {
    spec.paused = false;
  });
  await clock.advance(20_000);
  expect([sets().length, running().length, get().status?.updatedReplicas]).toEqual([2, 3, 3]);
  expect(condition('Progressing')).toContain('True NewReplicaSetAvailable');
});

test('a rollout that does not get on is out of time after progressDeadlineSeconds', async () => {
  const {clock, setImage, condition, running, sets} = await openWeb({progressDeadlineSeconds: 10});
  await clock.advance(5000);
  setImage('nope:1');
  await clock.advance(8000);
  expect(condition('Progressing')).toContain('True ReplicaSetUpdated');
  await clock.advance(10_000);
  const stuck = sets().find(({spec}) => spec?.template?.spec?.containers[0]?.image === 'nope:1');
  expect(condition('Progressing')).toBe(
    `False ProgressDeadlineExceeded: ReplicaSet "${stuck?.metadata.name}" has timed out progressing.`,
  );
  expect(condition('Available')).toContain('True');
  expect(running()).toHaveLength(3);
});

test('scaled in the middle of a rollout, each ReplicaSet gets its share', async () => {
  const {clock, setImage, edit, sets} = await openWeb({replicas: 10});
  await clock.advance(5000);
  setImage('nope:1');
  await clock.advance(5000);
  const sizes = () =>
    sets()
      .map(({spec}) => spec?.replicas ?? 0)
      .toSorted((one, other) => one - other);
  expect(sizes()).toEqual([5, 8]);
  edit(spec => {
    spec.replicas = 20;
  });
  await clock.advance(5000);
  expect(sizes()).toEqual([10, 15]);
});

test('only the last revisionHistoryLimit old ReplicaSets stay', async () => {
  const {clock, setImage, sets} = await openWeb({revisionHistoryLimit: 1});
  for (const minor of [20, 21, 22]) {
    await clock.advance(10_000);
    setImage(`nginx:1.${minor}`);
  }
  await clock.advance(10_000);
  expect(
    sets()
      .map(({spec}) => spec?.template?.spec?.containers[0]?.image)
      .toSorted(),
  ).toEqual(['nginx:1.21', 'nginx:1.22']);
});

test('a ReplicaSet of the name that belongs to somebody else makes another name', async () => {
  const {registry, clock, sets, get} = await openWeb();
  await clock.advance(5000);
  const [taken] = sets();
  registry.delete('deployments.apps', 'lab', 'web');
  await clock.advance(5000);
  expect(sets()).toEqual([]);
  registry.create('replicasets.apps', {
    metadata: {namespace: 'lab', name: taken?.metadata.name ?? ''},
    spec: {
      replicas: 0,
      selector: {matchLabels: {app: 'other'}},
      template: {metadata: {labels: {app: 'other'}}, spec: {containers: [{name: 'a', image: 'b'}]}},
    },
  });
  registry.create('deployments.apps', {
    metadata: {namespace: 'lab', name: 'web'},
    spec: {
      selector: {matchLabels: {app: 'web'}},
      template: {
        metadata: {labels: {app: 'web'}},
        spec: {containers: [{name: 'nginx', image: 'nginx:1.26'}]},
      },
    },
  });
  await clock.advance(5000);
  expect(get().status).toMatchObject({collisionCount: 1, availableReplicas: 1});
  expect(sets()).toHaveLength(2);
});
