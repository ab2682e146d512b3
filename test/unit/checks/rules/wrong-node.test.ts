import {describe, expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {type NodeIs, node} from '../../../helpers/nodes.ts';
import {pod} from '../../../helpers/objects.ts';
import {deleted, put, type Script} from '../../../helpers/script.ts';

const asks = (condition: string | object): MilestoneInput[] => [
  {id: 'm', object: {kind: 'nodes', name: 'n1'}, match: condition as string},
];
const cordoned = asks({spec: {unschedulable: true}});
const start: Script = [[0, put(node('n1')), put(node('n2'))]];

test('another node was cordoned than the one that is meant', () => {
  const script: Script = [...start, [2, put(node('n2', {cordoned: true}))]];
  expect(diagnosisOf({milestones: cordoned, script, since: 1})).toEqual({
    code: 'wrong-node',
    facts: {found: 'n2', wanted: ['n1'], change: 'cordoned'},
    object: {kind: 'nodes', name: 'n2', uid: 'uid-n2'},
    verdict: 'off-track',
  });
});

test.each([
  ['tainted', node('n1', {taint: {key: 'dedicated', value: 'db', effect: 'NoSchedule'}})],
  ['labelled', {...node('n1'), metadata: {...node('n1').metadata, labels: {dedicated: 'true'}}}],
])('the node is to be cordoned, and was %s', (did, now) => {
  const script: Script = [...start, [2, put(now)]];
  expect(diagnosisOf({milestones: cordoned, script, since: 1})).toMatchObject({
    code: 'not-cordoned',
    facts: {did, key: 'dedicated'},
    object: {name: 'n1'},
  });
});

describe('what else is done to nodes', () => {
  const taint = {key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute'};
  test.each<[string, string, NodeIs, NodeIs]>([
    [
      'stopped',
      "self.status.conditions.exists(c, c.type == 'Ready' && c.status != 'True')",
      {},
      {lost: true},
    ],
    ['tainted', "self.spec.taints.exists(t, t.key == 'node.kubernetes.io/out-of-service')", {}, {taint}],
    ['uncordoned', '!has(self.spec.unschedulable)', {cordoned: true}, {}],
  ])('%s', (change, condition, before, after) => {
    const script: Script = [
      [0, put(node('n1', before)), put(node('n2', before))],
      [2, put(node('n2', after))],
    ];
    expect(diagnosisOf({milestones: asks(condition), script, since: 1})?.facts).toEqual({
      found: 'n2',
      wanted: ['n1'],
      change,
    });
  });
  test('deleted', () => {
    const other = node('n2');
    const script: Script = [
      [0, put(node('n1')), put(other)],
      [2, deleted(other)],
    ];
    const gone: MilestoneInput[] = [{id: 'm', object: {kind: 'nodes', name: 'n1'}, gone: true}];
    expect(diagnosisOf({milestones: gone, script, since: 1})?.facts).toMatchObject({change: 'deleted'});
  });
});

test('the node meant is that of a remembered Pod of which the condition speaks', () => {
  const milestones: MilestoneInput[] = [
    {
      id: 'm',
      object: {kind: 'nodes'},
      match: 'self.metadata.name == zero.spec.nodeName && self.spec.unschedulable',
    },
  ];
  const remembered = {zero: pod('db-0', {node: 'n1'}), other: pod('web', {node: 'n2'})};
  const script: Script = [...start, [2, put(node('n2', {cordoned: true}))]];
  expect(diagnosisOf({milestones, script, since: 1, remembered})?.facts).toMatchObject({wanted: ['n1']});
});

describe('not', () => {
  test('when the other one was so before', () => {
    const script: Script = [[0, put(node('n1')), put(node('n2', {cordoned: true}))]];
    expect(diagnosisOf({milestones: cordoned, script, since: 1, at: 2})).toBeUndefined();
  });
  test('when it was done to the one that is meant as well', () => {
    const both = [put(node('n2', {cordoned: true})), put(node('n1', {cordoned: true}))];
    const holds: MilestoneInput[] = [
      {id: 'm', object: {kind: 'nodes', name: 'n1'}, match: {spec: {unschedulable: true}}, holds: 10},
    ];
    expect(diagnosisOf({milestones: holds, script: [...start, [2, ...both]], since: 1})).toBeUndefined();
  });
});

test('another node was cordoned than that of the Pod that is to be evicted', () => {
  const evicted = {type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI'};
  const milestones: MilestoneInput[] = [
    {id: 'm', object: {kind: 'pods', name: 'db-0'}, seen: {status: {conditions: [evicted]}}},
  ];
  const before: Script = [
    [0, put(node('n1', {cordoned: true})), put(node('n2')), put(pod('db-0', {node: 'n1'}))],
  ];
  const script: Script = [...before, [2, put(node('n2', {cordoned: true}))]];
  expect(diagnosisOf({milestones, script, since: 1})?.facts).toEqual({
    found: 'n2',
    wanted: ['n1'],
    change: 'cordoned',
  });
  expect(diagnosisOf({milestones, script: before, since: 1})?.code).not.toBe('wrong-node');
});
