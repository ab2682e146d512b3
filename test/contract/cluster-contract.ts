import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {capabilitiesOf} from '../../src/engine/capabilities.ts';
import type {Cluster} from '../../src/engine/ports.ts';
import type {Capabilities, DefaultClass} from '../../src/lab/needs.ts';
import type {WorldChange} from '../../src/world/change.ts';
import {refOf} from '../../src/world/object.ts';
import {
  isReady,
  kubectl,
  objectOf,
  patience,
  podWith,
  smallImage,
  temporary,
  waitsToRestart,
  watchOf,
} from './real-cluster.ts';

export interface Started {
  cluster: Cluster;
  /** A node for Pods. */
  worker: string;
  /** Puts a file onto that node, past the cluster under test. */
  writeOnWorker(path: string): Promise<void>;
  /** Restarts the API server, past the cluster under test. */
  restartServer(): Promise<void>;
  /** What of the cluster depends on who made it. */
  can: Omit<Capabilities, 'workers' | 'hostPath'>;
  end(): Promise<void>;
}

/** The default class of k3s. */
export const localPath: DefaultClass = {
  name: 'local-path',
  provisioner: 'rancher.io/local-path',
  bindingMode: 'WaitForFirstConsumer',
  volumes: 'pinned',
};

const lab = 'contract';
const namespace = 'statelab-contract';
const target = {kind: 'configmaps', namespace} as const;

/** What the engine may expect of a cluster, whoever made it. */
export function clusterContract(start: () => Promise<Started>): void {
  let started: Started;
  let cluster: Cluster;
  beforeAll(async () => {
    started = await start();
    cluster = started.cluster;
    await cluster.loadImages([smallImage], () => {}, patience());
    await cluster.api.ensureNamespace(namespace, lab, patience());
  });
  afterAll(() => started?.end());

  describe('the API', () => {
    test('tells who it is', async () => {
      const uid = await kubectl(cluster, 'get', 'namespace', 'kube-system', '-o', 'jsonpath={.metadata.uid}');
      expect(await cluster.api.identity(patience())).toBe(uid);
      expect(await cluster.api.version(patience())).toMatch(/^v1\.\d+\.\d+/);
    });

    test('shows nodes', async () => {
      const names = (await cluster.api.nodes(patience())).map(node => node.metadata.name);
      expect(names).toContain(started.worker);
      expect((await cluster.nodes.list(patience())).map(({name}) => name).sort()).toEqual(names.sort());
    });

    test('cordons and uncordons', async () => {
      const unschedulable = () =>
        kubectl(cluster, 'get', 'node', started.worker, '-o', 'jsonpath={.spec.unschedulable}');
      await cluster.api.setSchedulable(started.worker, false, patience());
      expect(await unschedulable()).toBe('true');
      await cluster.api.setSchedulable(started.worker, true, patience());
      expect(await unschedulable()).toBe('');
    });

    test('sets and removes labels and taints of a node, and leaves those of Kubernetes', async () => {
      const taints = async () => {
        const path = 'jsonpath={.spec.taints[*].key}';
        const keys = (await kubectl(cluster, 'get', 'node', started.worker, '-o', path)).split(' ').sort();
        // On a cluster that was just made the node may not be ready yet.
        return keys.filter(key => key !== 'node.kubernetes.io/not-ready');
      };
      await cluster.api.setSchedulable(started.worker, false, patience());
      const watch = watchOf(cluster, {kind: 'nodes'});
      const tainted = /node\.kubernetes\.io\/unschedulable/; // set by Kubernetes, in its own time
      await watch.until(change => tainted.test(JSON.stringify(change)));
      await watch.end();
      const taint = {key: 'statelab.dev/test', value: 'x', effect: 'NoSchedule'};
      await cluster.api.patchNode(
        started.worker,
        {
          labels: {'statelab.dev/test': 'x'},
          annotations: {'statelab.dev/note': 'a note'},
          taints: [taint],
        },
        patience(),
      );
      expect(
        await kubectl(cluster, 'get', 'node', started.worker, '-o', 'jsonpath={.metadata.annotations}'),
      ).toContain('"statelab.dev/note":"a note"');
      expect(await taints()).toEqual(['node.kubernetes.io/unschedulable', 'statelab.dev/test']);
      expect(await kubectl(cluster, 'get', 'node', '-l', 'statelab.dev/test=x', '-o', 'name')).toContain(
        started.worker,
      );
      await cluster.api.patchNode(
        started.worker,
        {labels: {'statelab.dev/test': null}, taints: []},
        patience(),
      );
      expect(await kubectl(cluster, 'get', 'node', '-l', 'statelab.dev/test=x', '-o', 'name')).toBe('');
      await cluster.api.setSchedulable(started.worker, true, patience());
    });
  });

  describe('what it can do', () => {
    const now = () => capabilitiesOf(cluster, namespace, [started.worker], patience());
    const standard = () => started.can.defaultClass?.name ?? '';
    const isDefault = (name: string, is: boolean) =>
      kubectl(
        cluster,
        ...['annotate', '--overwrite', 'storageclass', name],
        `storageclass.kubernetes.io/is-default-class=${is}`,
      );
    const makeDefault = async (name: string) => {
      const storageClass = {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: {name},
        provisioner: 'example.org/none',
      };
      await kubectlApply(cluster, storageClass);
      await isDefault(name, true);
    };
    afterAll(async () => {
      await kubectl(cluster, 'delete', 'storageclass', 'another', '--ignore-not-found');
      await isDefault(standard(), true);
    });

    test('is found out', async () => {
      expect(await now()).toEqual({workers: 1, hostPath: true, ...started.can});
    });

    test('does not have a default StorageClass when none says that it is one', async () => {
      await isDefault(standard(), false);
      expect(await now()).not.toHaveProperty('defaultClass');
      await isDefault(standard(), true);
    });

    test('has, of two default StorageClasses, the one that claims get', async () => {
      await makeDefault('another');
      const claim = claimOf('of-two');
      await kubectlApply(cluster, claim);
      const path = 'jsonpath={.spec.storageClassName}';
      const given = await kubectl(cluster, '-n', namespace, 'get', 'pvc', 'of-two', '-o', path);
      expect((await now()).defaultClass).toEqual({
        name: given,
        provisioner: 'example.org/none',
        bindingMode: 'Immediate',
        volumes: 'follows',
      });
      await kubectl(cluster, '-n', namespace, 'delete', 'pvc', 'of-two');
      await kubectl(cluster, 'delete', 'storageclass', 'another');
    });

    test('is not to mount directories of nodes where the namespace forbids it', async () => {
      const label = ['label', '--overwrite', 'namespace', namespace];
      await kubectl(cluster, ...label, 'pod-security.kubernetes.io/enforce=baseline');
      expect((await now()).hostPath).toBe(false);
      await kubectl(cluster, ...label, 'pod-security.kubernetes.io/enforce-');
      expect((await now()).hostPath).toBe(true);
    });

    test('has, where it says so, one directory on all its nodes, and what is removed there is gone on all', async ({
      skip,
    }) => {
      const {sharedMount} = cluster;
      if (sharedMount === undefined) return skip('its nodes share no directory');
      const path = `${sharedMount}/${lab}`;
      await started.writeOnWorker(`${path}/rows`);
      const nodes = (await cluster.nodes.list(patience())).map(({name}) => name);
      const seen = async () =>
        Promise.all(
          nodes.map(async node => (await cluster.probes.look({type: 'files', node, path}, patience())).ok),
        );
      expect(await seen()).toEqual(nodes.map(() => true));
      const [other = ''] = nodes.filter(node => node !== started.worker);
      await cluster.nodes.removeDirectory(other, path, namespace, patience());
      expect(await seen()).toEqual(nodes.map(() => false));
    });
  });

  describe('volumes', () => {
    const volumes = async () =>
      (await cluster.api.persistentVolumes(patience())).map(({metadata}) => metadata.name);

    test('are deleted, once', async () => {
      await kubectlApply(cluster, {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: {name: 'contract-made'},
        spec: {
          capacity: {storage: '1Gi'},
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'none',
          hostPath: {path: `/var/lib/statelab/${lab}/made`},
        },
      });
      expect(await volumes()).toContain('contract-made');
      await cluster.api.deletePersistentVolume('contract-made', patience());
      expect(await volumes()).not.toContain('contract-made');
      await cluster.api.deletePersistentVolume('contract-made', patience());
    });

    test('that were provided go with their data, though a learner wanted to keep them', async () => {
      await kubectlApply(cluster, claimOf('provided'));
      await kubectlApply(cluster, podWithClaim('writes', 'provided'));
      await podWith(cluster, namespace, 'writes', isReady);
      const name = await kubectl(
        cluster,
        ...['-n', namespace, 'get', 'pvc', 'provided', '-o', 'jsonpath={.spec.volumeName}'],
      );
      await kubectl(
        cluster,
        ...['patch', 'pv', name, '--patch', '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'],
      );
      await kubectl(cluster, '-n', namespace, 'delete', 'pod/writes', 'pvc/provided', '--grace-period=1');
      expect(await volumes()).toContain(name);
      await cluster.api.releasePersistentVolume(name, patience());
      expect(await volumes()).not.toContain(name);
      await cluster.api.releasePersistentVolume(name, patience());
    });
  });

  describe('Pods', () => {
    test('are given up with nodes that do not answer, and those on other nodes are not', async () => {
      const pod = podWithClaim('given-up', undefined);
      await kubectlApply(cluster, {...pod, spec: {...pod.spec, nodeName: started.worker}});
      await podWith(cluster, namespace, 'given-up', isReady);
      const names = () => kubectl(cluster, '-n', namespace, 'get', 'pods', '-o', 'name');
      await cluster.api.abandonPods(namespace, [started.worker], patience());
      expect(await names()).toContain('pod/given-up');
      await cluster.api.abandonPods(namespace, ['another-node'], patience());
      expect(await names()).not.toContain('pod/given-up');
    });
  });

  describe('nodes', () => {
    test('that are Ready need not be waited for', async () => {
      await cluster.api.nodeReady(started.worker, patience());
    });

    test('that are not there are waited for, for as long as one likes', async () => {
      const waited = cluster.api.nodeReady('nowhere', AbortSignal.timeout(1));
      await expect(waited).rejects.toThrow('timeout');
    });
  });

  describe('namespaces', () => {
    test('are made with labels, once', async () => {
      const uid = await cluster.api.ensureNamespace('statelab-made', 'made', patience());
      expect(await cluster.api.ensureNamespace('statelab-made', 'made', patience())).toBe(uid);
      const labels = {'statelab.dev/lab': 'made', 'app.kubernetes.io/managed-by': 'statelab'};
      expect(await cluster.api.namespace('statelab-made', patience())).toMatchObject({
        metadata: {uid, labels},
      });
    });

    test('of somebody else are left alone', async () => {
      const refused = cluster.api.ensureNamespace('default', 'made', patience());
      await expect(refused).rejects.toMatchObject({code: 'namespace-taken', facts: {namespace: 'default'}});
    });

    test('that are being deleted are waited for, and made anew', async () => {
      const before = await cluster.api.ensureNamespace('statelab-made', 'made', patience());
      await kubectl(cluster, 'delete', 'namespace', 'statelab-made', '--wait=false');
      expect(await cluster.api.ensureNamespace('statelab-made', 'made', patience())).not.toBe(before);
    });

    test('are gone once deleted, and may be gone before', async () => {
      await cluster.api.deleteNamespace('statelab-made', patience());
      expect(await cluster.api.namespace('statelab-made', patience())).toBeUndefined();
      await cluster.api.deleteNamespace('statelab-made', patience());
    });
  });

  describe('the watch', () => {
    test('tells all there is, then each change in its order', async () => {
      await kubectl(cluster, '-n', namespace, 'create', 'configmap', 'before');
      const {changes, until, end} = watchOf(cluster, target);
      await until(change => change.type === 'listed');
      await kubectl(cluster, '-n', namespace, 'create', 'configmap', 'during');
      await kubectl(cluster, '-n', namespace, 'label', 'configmap', 'during', 'x=y');
      await kubectl(cluster, '-n', namespace, 'delete', 'configmap', 'during', 'before');
      await until(change => change.type === 'deleted' && change.object.metadata.name === 'before');
      await end();
      const [first, ...rest] = changes;
      expect(
        first?.type === 'listed' && first.objects.map(({kind, metadata}) => `${kind} ${metadata.name}`),
      ).toContain('ConfigMap before');
      expect(
        rest.map(change => [change.type, objectOf(change)?.metadata.name, objectOf(change)?.metadata.labels]),
      ).toEqual([
        ['put', 'during', undefined],
        ['put', 'during', {x: 'y'}],
        ['deleted', 'during', {x: 'y'}],
        ['deleted', 'before', undefined],
      ]);
      expect(changes.some(change => JSON.stringify(change).includes('managedFields'))).toBe(false);
    });

    test('outlives a restart of the API server, and says when it was blind', async () => {
      const {changes, until, end} = watchOf(cluster, target);
      await until(change => change.type === 'listed');
      await started.restartServer();
      const blind = await until(change => change.type === 'blind');
      const sees = (change: WorldChange) => change.type === 'sighted' || change.type === 'listed';
      await until(change => sees(change) && changes.indexOf(change) > changes.indexOf(blind));
      await kubectl(cluster, '-n', namespace, 'create', 'configmap', 'after');
      await until(change => change.type === 'put' && change.object.metadata.name === 'after');
      await end();
      expect(changes.filter(({type}) => type === 'blind')).toHaveLength(1);
    });
  });

  describe('looks', () => {
    const signal = () => patience();
    beforeAll(async () => {
      const run = ['-n', namespace, 'run', '--image', smallImage, '--image-pull-policy=IfNotPresent'];
      await kubectl(cluster, ...run, 'shell', '--', 'sleep', '3600');
      await kubectl(cluster, ...run, 'dies', '--', 'sh', '-c', 'echo last words; exit 3');
      await podWith(cluster, namespace, 'shell', isReady);
    });
    const podRef = async (name: string) => refOf('pods', await podWith(cluster, namespace, name, () => true));

    test('run a program in a Pod', async () => {
      const pod = await podRef('shell');
      const command = ['sh', '-c', 'echo "$0"; echo aside >&2', 'a "quoted" $word; and more'];
      const answer = await cluster.probes.look({type: 'exec', pod, command}, signal());
      expect(answer).toMatchObject({object: 'shell', ok: true});
      expect(answer.text.split('\n').sort()).toEqual(['a "quoted" $word; and more', 'aside']);
    });

    test('take an exit code for a no, with what the program said', async () => {
      const pod = await podRef('shell');
      const answer = await cluster.probes.look({type: 'exec', pod, command: ['ls', '/none']}, signal());
      expect(answer).toEqual({object: 'shell', ok: false, text: 'ls: /none: No such file or directory'});
    });

    test.each([
      ['program', {container: 'shell', command: ['no-such-program']}, /no-such-program/],
      ['container', {container: 'none', command: ['true']}, /none/],
    ])('take a missing %s for a no', async (_, request, text) => {
      const pod = await podRef('shell');
      const answer = await cluster.probes.look({type: 'exec', pod, ...request}, signal());
      expect(answer).toMatchObject({ok: false, text: expect.stringMatching(text)});
    });

    test('take a missing Pod for a no', async () => {
      const pod = {kind: 'pods', name: 'nobody', namespace, uid: '1'} as const;
      expect(await cluster.probes.look({type: 'exec', pod, command: ['true']}, signal())).toMatchObject({
        ok: false,
      });
      expect(await cluster.probes.look({type: 'log', pod, previous: false}, signal())).toMatchObject({
        ok: false,
      });
    });

    test('read the log of the life before, and say when there was none', async () => {
      // Not at the first restart: while the next life ends too, the one before is being cleaned up.
      await podWith(cluster, namespace, 'dies', waitsToRestart);
      const [dies, shell] = [await podRef('dies'), await podRef('shell')];
      const before = await cluster.probes.look({type: 'log', pod: dies, previous: true}, signal());
      expect(before).toEqual({object: 'dies', ok: true, text: 'last words\n'});
      const none = await cluster.probes.look({type: 'log', pod: shell, previous: true}, signal());
      expect(none).toMatchObject({ok: false, text: expect.stringContaining('previous terminated container')});
    });

    test('list a directory on a node, and see it go', async () => {
      const path = `/var/lib/statelab/${lab}`;
      await started.writeOnWorker(`${path}/mysql/ibdata1`);
      const look = () =>
        cluster.probes.look({type: 'files', node: started.worker, path: `${path}/mysql`}, signal());
      expect(await look()).toMatchObject({
        object: started.worker,
        node: started.worker,
        ok: true,
        text: expect.stringMatching(/^ibdata1\n?$/),
      });
      await cluster.nodes.removeDirectory(started.worker, path, namespace, signal());
      expect(await look()).toMatchObject({ok: false, text: expect.stringContaining('No such file')});
      await cluster.nodes.removeDirectory(started.worker, path, namespace, signal());
    });

    test('list a directory that is none of ours, as a volume is, and one that is not there', async () => {
      const look = (path: string) =>
        cluster.probes.look({type: 'files', node: started.worker, path}, signal());
      expect(await look('/var/lib/kubelet')).toMatchObject({ok: true, text: expect.stringContaining('pods')});
      const none = {ok: false, text: expect.stringContaining('No such file')};
      expect(await look('/var/lib/kubelet/none')).toMatchObject(none);
      expect(await look('no-path')).toMatchObject(none);
    });

    test('touch nothing else on a node', async () => {
      const outside = cluster.nodes.removeDirectory(
        started.worker,
        '/var/lib/statelab/../rancher',
        namespace,
        signal(),
      );
      await expect(outside).rejects.toThrow('is not below /var/lib/statelab');
    });

    test('end with their signal', async () => {
      const pod = await podRef('shell');
      const stop = new AbortController();
      const looked = cluster.probes.look({type: 'exec', pod, command: ['sleep', '60']}, stop.signal);
      stop.abort(new Error('enough'));
      await expect(looked).rejects.toThrow('enough');
    });
  });
}

const kubectlApply = async (cluster: Cluster, manifest: object): Promise<void> => {
  const file = join(await temporary('manifest'), 'manifest.json');
  await writeFile(file, JSON.stringify(manifest));
  await kubectl(cluster, 'apply', '-f', file);
};

const claimOf = (name: string) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: {name, namespace},
  spec: {accessModes: ['ReadWriteOnce'], resources: {requests: {storage: '1Mi'}}},
});

const podWithClaim = (name: string, claimName: string | undefined) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {name, namespace},
  spec: {
    containers: [
      {
        name: 'shell',
        image: smallImage,
        imagePullPolicy: 'IfNotPresent',
        command: ['sleep', '3600'],
        ...(claimName === undefined ? {} : {volumeMounts: [{name: 'data', mountPath: '/data'}]}),
      },
    ],
    ...(claimName === undefined ? {} : {volumes: [{name: 'data', persistentVolumeClaim: {claimName}}]}),
  },
});
