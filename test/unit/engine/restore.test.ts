import {describe, expect, test} from 'vitest';
import type {Cluster, LookRequest, ProviderId} from '../../../src/engine/ports.ts';
import {type Known, nodesNow, restorePlan} from '../../../src/engine/restore.ts';
import {undo} from '../../../src/engine/undo.ts';
import {ExpectedError} from '../../../src/errors.ts';
import type {NodeBaseline, Undo} from '../../../src/world/baseline.ts';
import type {KubeObject} from '../../../src/world/object.ts';
import {labOf} from '../../helpers/labs.ts';
import {object} from '../../helpers/objects.ts';

const lab = labOf([{id: 's', type: 'do'}], {needs: {hostPath: true}});
const {signal} = new AbortController();

interface State {
  provider?: ProviderId;
  cordoned?: boolean;
  running?: boolean;
  /** `prepared`: by an administrator, `worked-in` after that. */
  namespace?: 'ours' | 'foreign' | 'prepared' | 'worked-in';
  /** Nodes that have the lab's directory; with `shared`, on the mount that all share. */
  directories?: string[];
  shared?: boolean;
  ready?: boolean;
  /** The Node object was deleted. */
  unregistered?: boolean;
  volumes?: KubeObject[];
  /** Nobody may look at nodes, or at PersistentVolumes. */
  forbidden?: ('nodes' | 'persistentvolumes')[];
}

function clusterThat(state: State) {
  const {provider = 'k3d', cordoned, running = true, namespace, directories = []} = state;
  const {shared, ready = true, unregistered, volumes = [], forbidden = []} = state;
  const done: unknown[] = [];
  const note =
    (name: string) =>
    async (...args: unknown[]) =>
      void done.push([name, ...args.slice(0, -1)]);
  const unlessForbidden = async <T>(what: 'nodes' | 'persistentvolumes', objects: T) => {
    if (!forbidden.includes(what)) return objects;
    throw new ExpectedError('forbidden', {verb: 'list', resource: what, detail: 'no'});
  };
  const status = {conditions: [{type: 'Ready', status: ready ? 'True' : 'Unknown'}]};
  const n1 = object('nodes', 'n1', {spec: cordoned ? {unschedulable: true} : {}, status});
  const labels = {
    'statelab.dev/lab': namespace === 'foreign' ? 'somebody' : lab.id,
    ...(namespace === 'ours' ? {'app.kubernetes.io/managed-by': 'statelab'} : {}),
  };
  const cluster = {
    provider,
    ...(provider === 'context' ? {guest: {consented: true}} : {}),
    ...(shared ? {sharedMount: '/lab-shared'} : {}),
    api: {
      nodes: () => unlessForbidden('nodes', unregistered ? [] : [n1]),
      persistentVolumes: () => unlessForbidden('persistentvolumes', volumes),
      nodeReady: note('nodeReady'),
      deletePersistentVolume: note('deletePersistentVolume'),
      releasePersistentVolume: note('releasePersistentVolume'),
      abandonPods: note('abandonPods'),
      namespace: async (name: string) => namespace && object('configmaps', name, {metadata: {labels}}),
      holdsWork: async () => namespace === 'worked-in',
      setSchedulable: note('setSchedulable'),
      patchNode: note('patchNode'),
      deleteNamespace: note('deleteNamespace'),
      clearNamespace: note('clearNamespace'),
    },
    nodes: {
      list: async () => [{name: 'n1', role: 'agent', running}],
      start: note('start'),
      stop: note('stop'),
      removeDirectory: note('removeDirectory'),
    },
    probes: {
      look: async (request: LookRequest) => {
        const node = request.type === 'files' ? request.node : '';
        return {object: node, ok: directories.includes(node), text: ''};
      },
    },
  } as unknown as Cluster;
  return {cluster, done};
}
const before = await nodesNow(clusterThat({}).cluster, signal);
const known = {baseline: before, standing: [], volumes: []};
const planOf = (state: State) => restorePlan(clusterThat(state).cluster, {lab, known, scope: 'lab'}, signal);
const planFor = async (state: State) => (await planOf(state)).steps;

describe('restorePlan', () => {
  test('nothing was left: nothing to do', async () => {
    expect(await planFor({})).toEqual([]);
  });
  test('a cordoned node, the namespace, the directory', async () => {
    expect(await planFor({cordoned: true, namespace: 'ours', directories: ['n1']})).toEqual([
      {type: 'uncordon', node: 'n1'},
      {type: 'delete-namespace', namespace: 'statelab-test'},
      {type: 'remove-directory', node: 'n1', path: '/var/lib/statelab/test'},
    ]);
  });
  test('a namespace that is not the lab’s is left alone', async () => {
    expect(await planFor({namespace: 'foreign'})).toEqual([]);
  });
  test('a node that does not run cannot be looked into; first it has to', async () => {
    expect(await planFor({running: false, directories: ['n1']})).toEqual([{type: 'start-node', node: 'n1'}]);
  });
  test('on a foreign cluster directories are looked for while the lab’s namespace is there', async () => {
    expect(await planFor({provider: 'context', directories: ['n1']})).toEqual([]);
    expect(await planFor({provider: 'context', namespace: 'ours', directories: ['n1']})).toHaveLength(2);
  });
  test('there they are looked for on the nodes that the lab names, and only where it keeps files on nodes', async () => {
    const {cluster} = clusterThat({provider: 'context', namespace: 'ours', directories: ['n1']});
    const looked = async (nodes: NodeBaseline[], other = lab) => {
      const wish = {lab: other, known: {...known, baseline: {nodes}}, scope: 'lab'} as const;
      return (await restorePlan(cluster, wish, signal)).looked.directories;
    };
    const [n1] = before.nodes as [NodeBaseline];
    const n0 = [
      {...n1, name: 'n0a'},
      {...n1, name: 'n0b'},
    ];
    expect(await looked([n1])).toBe(1);
    expect(await looked([...n0, n1])).toBe(0);
    expect(await looked([n1], {...lab, needs: {}})).toBe(0);
  });
  test('a namespace that an administrator prepared stays, without what was made in it', async () => {
    const clear = {type: 'clear-namespace', namespace: 'statelab-test'};
    expect(await planFor({provider: 'context', namespace: 'worked-in'})).toEqual([clear]);
    expect(await planFor({provider: 'context', namespace: 'prepared'})).toEqual([]);
  });
  test('the directory on the mount that all nodes share, once', async () => {
    expect(await planFor({shared: true, directories: ['n1']})).toEqual([
      {type: 'remove-directory', node: 'n1', path: '/var/lib/statelab/test'},
      {type: 'remove-directory', node: 'n1', path: '/lab-shared/test'},
    ]);
  });
  test('a node that is not Ready is waited for, one whose object was deleted registers again', async () => {
    expect(await planFor({ready: false})).toEqual([{type: 'await-node', node: 'n1'}]);
    expect(await planFor({unregistered: true})).toEqual([{type: 'register-node', node: 'n1'}]);
  });
  test('on a foreign cluster only what was seen is taken back; what nobody answers for is named', async () => {
    const change = {node: 'n1', field: 'schedulable', before: true, after: false, lab: 'test'} as const;
    const state: State = {provider: 'context', cordoned: true, ready: false};
    const planWith = (seen: Partial<Known>) =>
      restorePlan(clusterThat(state).cluster, {lab, known: {...known, ...seen}, scope: 'nodes'}, signal);
    const uncordon = {type: 'uncordon', node: 'n1'};
    expect(await planWith({})).toMatchObject({steps: [], unclaimed: []});
    expect(await planWith({unclaimed: [change]})).toMatchObject({steps: [], unclaimed: [uncordon]});
    expect((await planWith({standing: [change]})).steps).toContainEqual(uncordon);
    expect(await planWith({standing: [{...change, lab: 'other'}]})).toMatchObject({steps: []});
  });
  test('volumes of the lab, and of nobody else', async () => {
    const volume = (name: string, metadata: object, spec: object = {}) =>
      object('persistentvolumes', name, {metadata, spec});
    const claimed = {claimRef: {namespace: 'statelab-test', name: 'data'}};
    const byProvisioner = {annotations: {'pv.kubernetes.io/provisioned-by': 'rancher.io/local-path'}};
    const volumes = [
      volume('labelled', {labels: {'statelab.dev/lab': 'test'}}),
      volume('claimed', {}, claimed),
      volume('provided', byProvisioner, claimed),
      volume('hostPath', {}, {hostPath: {path: '/var/lib/statelab/test'}}),
      volume('local', {}, {local: {path: '/lab-shared/test/db'}}),
      volume(
        'elsewhere',
        {labels: {'statelab.dev/lab': 'test'}},
        {claimRef: {namespace: 'default', name: 'x'}},
      ),
      volume('other-lab', {labels: {'statelab.dev/lab': 'test-2'}}),
      volume('other-claim', byProvisioner, {claimRef: {namespace: 'statelab-test-2', name: 'data'}}),
      volume('other-path', {}, {hostPath: {path: '/var/lib/statelab/test-2/db'}}),
      volume('other-mount', {}, {nfs: {path: '/var/lib/statelab/test/db'}}),
    ];
    expect(await planFor({volumes, shared: true})).toEqual([
      {type: 'delete-volume', name: 'labelled'},
      {type: 'delete-volume', name: 'claimed'},
      {type: 'release-volume', name: 'provided'},
      {type: 'delete-volume', name: 'hostPath'},
      {type: 'delete-volume', name: 'local'},
      {type: 'delete-volume', name: 'elsewhere', claim: 'default/x'},
    ]);
  });
  test('says what may not be looked at, and plans the rest', async () => {
    expect(await planOf({forbidden: ['nodes', 'persistentvolumes'], namespace: 'ours'})).toMatchObject({
      steps: [{type: 'delete-namespace', namespace: 'statelab-test'}],
      unseen: ['nodes', 'persistentvolumes'],
    });
  });
});

test('nodes that may not be looked at are not part of a baseline', async () => {
  expect(await nodesNow(clusterThat({forbidden: ['nodes']}).cluster, signal)).toEqual({nodes: []});
});

test.each<[Undo, unknown[], unknown[]?, unknown[]?]>([
  [{type: 'start-node', node: 'n1'}, ['start', 'n1'], ['nodeReady', 'n1']],
  [{type: 'register-node', node: 'n1'}, ['stop', 'n1'], ['start', 'n1'], ['nodeReady', 'n1']],
  [{type: 'await-node', node: 'n1'}, ['nodeReady', 'n1']],
  [{type: 'release-volume', name: 'pv'}, ['releasePersistentVolume', 'pv']],
  [{type: 'delete-volume', name: 'pv'}, ['deletePersistentVolume', 'pv']],
  [{type: 'uncordon', node: 'n1'}, ['setSchedulable', 'n1', true]],
  [{type: 'cordon', node: 'n1'}, ['setSchedulable', 'n1', false]],
  [{type: 'labels', node: 'n1', labels: {a: null}}, ['patchNode', 'n1', {labels: {a: null}}]],
  [{type: 'taints', node: 'n1', taints: []}, ['patchNode', 'n1', {taints: []}]],
  [{type: 'delete-namespace', namespace: 'x'}, ['deleteNamespace', 'x']],
  [{type: 'clear-namespace', namespace: 'x'}, ['clearNamespace', 'x']],
  [{type: 'remove-directory', node: 'n1', path: '/p'}, ['removeDirectory', 'n1', '/p', 'statelab-test']],
])('undo %j', async (step, ...calls) => {
  const {cluster, done} = clusterThat({});
  await undo(cluster, lab, step, signal);
  expect(done.map(call => (call as unknown[]).filter(given => !(given instanceof AbortSignal)))).toEqual(
    calls,
  );
});

test('Pods on a node that does not answer are given up, or their namespace would never go', async () => {
  const {cluster, done} = clusterThat({ready: false});
  await undo(cluster, lab, {type: 'delete-namespace', namespace: 'x'}, signal);
  expect(done).toEqual([
    ['abandonPods', 'x', []],
    ['deleteNamespace', 'x'],
  ]);
});
