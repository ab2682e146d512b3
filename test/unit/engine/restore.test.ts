import {describe, expect, test} from 'vitest';
import type {Cluster, LookRequest, ProviderId} from '../../../src/engine/ports.ts';
import {nodesNow, proveRestored, restorePlan, undo} from '../../../src/engine/restore.ts';
import type {Undo} from '../../../src/world/baseline.ts';
import {labOf} from '../../helpers/labs.ts';
import {object} from '../../helpers/objects.ts';

const lab = labOf([{id: 's', type: 'do'}]);
const {signal} = new AbortController();

interface State {
  provider?: ProviderId;
  cordoned?: boolean;
  running?: boolean;
  namespace?: 'ours' | 'foreign';
  /** Nodes that have the lab's directory. */
  directories?: string[];
}

function clusterThat({provider = 'k3d', cordoned, running = true, namespace, directories = []}: State) {
  const done: unknown[] = [];
  const note =
    (name: string) =>
    async (...args: unknown[]) =>
      void done.push([name, ...args.slice(0, -1)]);
  const owner = namespace === 'ours' ? lab.id : 'somebody';
  const cluster = {
    provider,
    api: {
      nodes: async () => [object('nodes', 'n1', {spec: cordoned ? {unschedulable: true} : {}})],
      namespace: async (name: string) =>
        namespace && object('configmaps', name, {metadata: {labels: {'statelab.dev/lab': owner}}}),
      setSchedulable: note('setSchedulable'),
      patchNode: note('patchNode'),
      deleteNamespace: note('deleteNamespace'),
    },
    nodes: {
      list: async () => [{name: 'n1', role: 'agent', running}],
      start: note('start'),
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
const planFor = (state: State) => restorePlan(clusterThat(state).cluster, lab, before, signal);

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
});

test.each<[Undo, unknown[]]>([
  [{type: 'start-node', node: 'n1'}, ['start', 'n1']],
  [{type: 'uncordon', node: 'n1'}, ['setSchedulable', 'n1', true]],
  [{type: 'cordon', node: 'n1'}, ['setSchedulable', 'n1', false]],
  [{type: 'labels', node: 'n1', labels: {a: null}}, ['patchNode', 'n1', {labels: {a: null}}]],
  [{type: 'taints', node: 'n1', taints: []}, ['patchNode', 'n1', {taints: []}]],
  [{type: 'delete-namespace', namespace: 'x'}, ['deleteNamespace', 'x']],
  [{type: 'remove-directory', node: 'n1', path: '/p'}, ['removeDirectory', 'n1', '/p', 'statelab-test']],
])('undo %j', async (step, call) => {
  const {cluster, done} = clusterThat({});
  await undo(cluster, lab, step, signal);
  expect(done).toEqual([call]);
});

test('proveRestored says what is left', async () => {
  const {cluster} = clusterThat({cordoned: true, namespace: 'ours', directories: ['n1']});
  await expect(proveRestored(cluster, lab, before, signal)).rejects.toMatchObject({
    code: 'reset-incomplete',
    facts: {left: ['node n1 (uncordon)', 'namespace statelab-test', '/var/lib/statelab/test on n1']},
  });
  await expect(proveRestored(clusterThat({}).cluster, lab, before, signal)).resolves.toBeUndefined();
});
