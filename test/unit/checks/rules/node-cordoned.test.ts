import {describe, expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {node, unscheduled} from '../../../helpers/nodes.ts';
import {put, type Script} from '../../../helpers/script.ts';
import {claim, volume} from '../../../helpers/volumes.ts';

const milestones: MilestoneInput[] = [
  {id: 'm', object: {kind: 'pods', name: 'db'}, match: {status: {phase: 'Running'}}},
];
const diagnosed = (script: Script) => diagnosisOf({milestones, script, at: 9});

test('the node that its volume is on', () => {
  const says =
    "0/2 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 1 node(s) were unschedulable.";
  const mounts = {volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}]};
  const script: Script = [
    [
      1,
      put(node('n1', {cordoned: true})),
      put(node('n2')),
      put(volume('pvc-1', {phase: 'Bound', node: 'n1', claim: {name: 'data', uid: 'uid-data'}})),
      put(claim('data', {phase: 'Bound', volume: 'pvc-1'})),
      put(unscheduled('db', says, mounts)),
    ],
  ];
  expect(diagnosed(script)).toEqual({
    code: 'node-cordoned',
    facts: {nodes: ['n1'], pinned: 'volume'},
    object: {kind: 'pods', name: 'db', uid: 'uid-db', namespace: 'statelab-test'},
    path: 'spec.unschedulable',
    verdict: 'off-track',
    proof: says,
  });
});

const says =
  "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) were unschedulable.";
const onN1 = {nodeSelector: {'kubernetes.io/hostname': 'n1'}};

test('the node that its nodeSelector asks for', () => {
  const script: Script = [
    [1, put(node('n1', {cordoned: true})), put(node('n2')), put(unscheduled('db', says, onN1))],
  ];
  expect(diagnosed(script)).toMatchObject({
    code: 'node-cordoned',
    facts: {nodes: ['n1'], pinned: 'selector'},
  });
});

test('a taint that somebody left behind', () => {
  const taint = {key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute'};
  const script: Script = [[1, put(node('n1', {taint})), put(node('n2')), put(unscheduled('db', says, onN1))]];
  expect(diagnosed(script)).toMatchObject({
    code: 'node-tainted',
    facts: {
      node: 'n1',
      taint: 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute',
      pinned: 'selector',
    },
    path: 'spec.taints',
  });
  const tolerant = {...onN1, tolerations: [{key: taint.key, operator: 'Exists'}]};
  const other: Script = [[1, put(node('n1', {taint})), put(unscheduled('db', says, tolerant))]];
  expect(diagnosed(other)?.code).toBe('unschedulable');
});

test('a node that does not answer', () => {
  const script: Script = [
    [1, put(node('n1', {lost: true})), put(node('n2')), put(unscheduled('db', says, onN1))],
  ];
  expect(diagnosed(script)).toMatchObject({code: 'node-lost', facts: {node: 'n1', terminating: false}});
});

describe('not', () => {
  test('where the cordoned node would not be taken anyway', () => {
    const script: Script = [
      [1, put(node('n1')), put(node('n2', {cordoned: true})), put(unscheduled('db', says, onN1))],
    ];
    expect(diagnosed(script)?.code).toBe('unschedulable');
  });
});
