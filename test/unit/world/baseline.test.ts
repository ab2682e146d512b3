import {describe, expect, test} from 'vitest';
import {type NodeBaseline, nodeBaseline, type Present, planRestore} from '../../../src/world/baseline.ts';
import {object} from '../../helpers/objects.ts';

const nothing = {strays: [], directories: [], volumes: []};
const node = (name: string, is: Partial<NodeBaseline> = {}): NodeBaseline => ({
  name,
  schedulable: true,
  labels: {},
  taints: [],
  running: true,
  ...is,
});
const nodes = (...all: NodeBaseline[]): Present => ({nodes: all, notReady: [], unregistered: []});

describe('nodeBaseline', () => {
  test('what the labs may change', () => {
    const taints = [
      {key: 'disk', value: 'slow', effect: 'NoSchedule'},
      {key: 'gpu', effect: 'NoExecute'},
    ];
    const found = object('nodes', 'n1', {
      metadata: {labels: {zone: 'a'}, annotations: {note: 'ours'}},
      spec: {taints, unschedulable: true},
    });
    expect(nodeBaseline(found, true)).toEqual(
      node('n1', {schedulable: false, labels: {zone: 'a'}, annotations: {note: 'ours'}, taints}),
    );
  });
  test('taints that Kubernetes sets itself are not ours to bring back', () => {
    const keys = ['not-ready', 'unreachable', 'unschedulable', 'disk-pressure', 'out-of-service'];
    const taints = keys.map(key => ({key: `node.kubernetes.io/${key}`, effect: 'NoSchedule'}));
    expect(nodeBaseline(object('nodes', 'n1', {spec: {taints}}), true).taints).toEqual([taints.at(-1)]);
  });
  test('when a taint was added is left out', () => {
    const taints = [{key: 'a', effect: 'NoExecute', timeAdded: '2026-01-01T00:00:00Z'}];
    expect(nodeBaseline(object('nodes', 'n1', {spec: {taints}}), true).taints).toEqual([
      {key: 'a', effect: 'NoExecute'},
    ]);
  });
});

describe('planRestore', () => {
  test('is empty when nothing differs, in whatever order labels and taints stand', () => {
    const some = [
      {key: 'a', effect: 'NoSchedule'},
      {key: 'b', value: '1', effect: 'NoExecute'},
    ];
    const before = nodes(node('n1', {labels: {a: '1', b: '2'}, taints: some}));
    const after = nodes(node('n1', {labels: {b: '2', a: '1'}, taints: some.toReversed()}));
    expect(planRestore(before, after, nothing)).toEqual([]);
  });
  test('annotations that went with a Node object come back; what its programs have written since stays', () => {
    const before = nodes(node('n1', {annotations: {note: 'ours', 'flannel/mac': 'a'}}));
    const after = nodes(node('n1', {annotations: {'flannel/mac': 'b', since: 'new'}}));
    expect(planRestore(before, after, nothing)).toEqual([
      {type: 'annotations', node: 'n1', annotations: {note: 'ours'}},
    ]);
  });
  test('of a journal from before annotations were kept nothing is missing', () => {
    expect(planRestore(nodes(node('n1')), nodes(node('n1', {annotations: {a: 'b'}})), nothing)).toEqual([]);
  });
  test('first nodes run again, then their state, then Pods go, at last their files', () => {
    const before = nodes(node('n1'), node('n2', {labels: {zone: 'a'}}));
    const after = nodes(node('n1', {schedulable: false}), node('n2', {running: false, schedulable: false}));
    const traces = {
      namespace: 'statelab-test',
      strays: [{kind: 'pods' as const, namespace: 'default', name: 'db'}],
      volumes: [
        {name: 'made', provided: true},
        {name: 'own', provided: false},
      ],
      directories: [{node: 'n2', path: '/var/lib/statelab/test'}],
    };
    expect(planRestore(before, after, traces)).toEqual([
      {type: 'start-node', node: 'n2'},
      {type: 'uncordon', node: 'n1'},
      {type: 'uncordon', node: 'n2'},
      {type: 'labels', node: 'n2', labels: {zone: 'a'}},
      {type: 'delete-object', kind: 'pods', namespace: 'default', name: 'db'},
      {type: 'delete-namespace', namespace: 'statelab-test'},
      {type: 'release-volume', name: 'made'},
      {type: 'delete-volume', name: 'own'},
      {type: 'remove-directory', node: 'n2', path: '/var/lib/statelab/test'},
    ]);
  });
  test('nodes come back before anything else: stopped, deleted, not Ready yet', () => {
    const before = nodes(node('n1'), node('n2'), node('n3'), node('n4', {running: false}));
    const after = {
      nodes: [node('n1', {running: false}), node('n3', {schedulable: false}), node('n4', {running: false})],
      notReady: ['n1', 'n3', 'n4'],
      unregistered: ['n2', 'n5'],
    };
    expect(planRestore(before, after, nothing)).toEqual([
      {type: 'start-node', node: 'n1'},
      {type: 'register-node', node: 'n2'},
      {type: 'await-node', node: 'n3'},
      {type: 'uncordon', node: 'n3'},
    ]);
  });
  test('labels: those added go, those changed or removed come back', () => {
    const plan = planRestore(
      nodes(node('n1', {labels: {kept: '1', changed: 'old', removed: 'x'}})),
      nodes(node('n1', {labels: {kept: '1', changed: 'new', added: 'y'}})),
      nothing,
    );
    expect(plan).toEqual([{type: 'labels', node: 'n1', labels: {added: null, changed: 'old', removed: 'x'}}]);
  });
  test('taints come back as a whole', () => {
    const taints = [{key: 'a', value: '1', effect: 'NoSchedule'}];
    const other = [{key: 'a', value: '2', effect: 'NoSchedule'}];
    expect(planRestore(nodes(node('n1', {taints})), nodes(node('n1', {taints: other})), nothing)).toEqual([
      {type: 'taints', node: 'n1', taints},
    ]);
  });
  test('a node that was cordoned before is cordoned again', () => {
    expect(planRestore(nodes(node('n1', {schedulable: false})), nodes(node('n1')), nothing)).toEqual([
      {type: 'cordon', node: 'n1'},
    ]);
  });
  test('nodes that came or went since, or did not run before, are left alone', () => {
    const before = nodes(node('gone', {labels: {a: '1'}}), node('off', {running: false}));
    const after = nodes(node('new', {schedulable: false}), node('off', {running: false}));
    expect(planRestore(before, after, nothing)).toEqual([]);
  });
});
