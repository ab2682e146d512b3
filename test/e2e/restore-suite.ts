import {mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {resetLab} from '../../src/commands/reset.ts';
import {openSession, recordPlace, type Session} from '../../src/commands/session.ts';
import {nodesNow} from '../../src/engine/restore.ts';
import {getLab} from '../../src/lab/catalog.ts';
import type {Baseline} from '../../src/world/baseline.ts';
import {kubectl} from '../helpers/k3d.ts';
import type {Place} from '../helpers/places.ts';

const lab = getLab('hostpath-deployment');
const namespace = `statelab-${lab.id}`;
const image = 'busybox:1.37';

/** Whatever a lab, or a learner in it, does to a cluster is taken back, and what is somebody else's is not. */
export function restoreSuite(open: () => Promise<Place>): void {
  let place: Place;
  let session: Session;
  let before: Baseline;
  const patience = () => AbortSignal.timeout(240_000);
  const typed = (...args: string[]) => kubectl(session.cluster.kubeconfig, ...args);
  const applied = async (...objects: object[]) => {
    const file = join(await mkdtemp(join(tmpdir(), 'statelab-manifest-')), 'all.json');
    await writeFile(file, JSON.stringify({apiVersion: 'v1', kind: 'List', items: objects}));
    await typed('apply', '--namespace', namespace, '-f', file);
  };
  const [first, second] = ['agent-0', 'agent-1'];
  const node = (which: string | undefined) =>
    before.nodes.find(({name}) => name.endsWith(`-${which}`))?.name ?? '';

  beforeAll(async () => {
    place = await open();
  });
  afterAll(() => place?.leave());

  /** A lab that was begun on the cluster as it is, or as it is made before. */
  async function begun(prepare = async () => {}): Promise<void> {
    session = await openSession(place.app, lab, {create: true});
    await session.cluster.loadImages([image], () => {}, patience());
    before = await nodesNow(session.cluster, patience());
    await prepare();
    before = await nodesNow(session.cluster, patience());
    const journal = place.app.journals.open(lab.id);
    await recordPlace(session, journal);
    journal.close();
  }

  /** Reset, and proven by other means than its own. */
  async function restored(): Promise<void> {
    expect(await resetLab(place.app, lab)).toBe(0);
    expect(await place.leftBehind(session.cluster.kubeconfig)).toEqual([]);
    expect(await nodesNow(session.cluster, patience())).toEqual(before);
    await session.close();
  }

  describe('a reset takes back', () => {
    test('cordons, taints and labels', async () => {
      await begun();
      await typed('cordon', node(first));
      await typed('taint', 'node', node(second), 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute');
      await typed('label', 'node', node(second), 'disk=fast');
      await restored();
    });

    test('volumes: made by hand, provided, released, kept; with their files', async () => {
      await begun();
      const {dataDir, sharedDir} = session.variables;
      await applied(
        volume('by-hand', `${dataDir}/by-hand`),
        volume('shared', `${sharedDir}/db`),
        volume('released', '/tmp/released', {labels: {'statelab.dev/lab': lab.id}}),
        claim('released', {storageClassName: 'by-hand', volumeName: 'released'}),
        claim('shared', {storageClassName: 'by-hand', volumeName: 'shared'}),
        claim('provided', {}),
        claim('kept', {}),
        podOn('writes', node(first), ['shared', 'provided', 'kept']),
        podOn('own-files', node(second), [], `${dataDir}/by-hand`),
      );
      await typed('wait', '-n', namespace, '--for=condition=Ready', 'pod', '--all', '--timeout=120s');
      const kept = await typed('get', '-n', namespace, 'pvc', 'kept', '-o', 'jsonpath={.spec.volumeName}');
      await typed('patch', 'pv', kept, '--patch', '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}');
      await typed('delete', '-n', namespace, 'pvc', 'released');
      const [pv] = [await typed('get', 'pv', '-o', 'name')];
      expect(pv.split('\n').filter(Boolean)).toHaveLength(5);
      await restored();
    });

    test('a node that was stopped, with Pods on it', async () => {
      await begun();
      const {dataDir} = session.variables;
      await applied(claim('data', {}), podOn('lost', node(first), ['data'], `${dataDir}/lost`));
      await typed('wait', '-n', namespace, '--for=condition=Ready', 'pod/lost', '--timeout=120s');
      await session.cluster.nodes.stop(node(first), patience());
      await typed('wait', '--for=condition=Ready=Unknown', `node/${node(first)}`, '--timeout=120s');
      await typed('delete', '-n', namespace, 'pod/lost', '--wait=false');
      await typed('taint', 'node', node(first), 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute');
      await restored();
    });

    test('a Node object that was deleted, with its labels, taints and Pods', async () => {
      await begun(async () => {
        await typed('label', 'node', node(first), 'statelab.test/kept=yes');
      });
      await applied(podOn('orphan', node(first), [], `${session.variables.dataDir}/orphan`));
      await typed('wait', '-n', namespace, '--for=condition=Ready', 'pod/orphan', '--timeout=120s');
      await typed('delete', 'node', node(first));
      await restored();
      await typed('label', 'node', node(first), 'statelab.test/kept-');
    });
  });

  test('a reset leaves the volumes of others alone', async () => {
    await begun();
    await applied(volume('of-somebody', '/srv/data'), volume('by-hand', `${session.variables.dataDir}/x`));
    expect(await resetLab(place.app, lab)).toBe(0);
    expect(await place.leftBehind(session.cluster.kubeconfig)).toEqual(['persistentvolume/of-somebody']);
    await typed('delete', 'pv', 'of-somebody');
    await session.close();
  });
}

const volume = (name: string, path: string, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: {name, ...metadata},
  spec: {
    capacity: {storage: '1Gi'},
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'by-hand',
    persistentVolumeReclaimPolicy: 'Retain',
    hostPath: {path, type: 'DirectoryOrCreate'},
  },
});

const claim = (name: string, spec: object) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: {name},
  spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Gi'}}, ...spec},
});

/** A Pod that the scheduler puts on a node, so that claims bind there, with a file in each of its volumes. */
const podOn = (name: string, node: string, claims: string[], directory?: string) => {
  const volumes = [
    ...claims.map(claimName => ({name: claimName, persistentVolumeClaim: {claimName}})),
    ...(directory === undefined
      ? []
      : [{name: 'own', hostPath: {path: directory, type: 'DirectoryOrCreate'}}]),
  ];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name},
    spec: {
      nodeSelector: {'kubernetes.io/hostname': node},
      terminationGracePeriodSeconds: 1,
      containers: [
        {
          name: 'shell',
          image,
          imagePullPolicy: 'IfNotPresent',
          command: ['sh', '-c', 'for at in /mnt/*; do touch $at/file; done; sleep 3600'],
          volumeMounts: volumes.map(({name}) => ({name, mountPath: `/mnt/${name}`})),
        },
      ],
      volumes,
    },
  };
};
