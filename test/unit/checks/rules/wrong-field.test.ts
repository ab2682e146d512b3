import {describe, expect, test} from 'vitest';
import type {Json} from '../../../../src/world/object.ts';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {object, pod} from '../../../helpers/objects.ts';
import {put, type Script} from '../../../helpers/script.ts';
import {claim} from '../../../helpers/volumes.ts';

const image = (name: string, replicas = 1, status?: object) =>
  put(
    object('deployments.apps', 'db', {
      spec: {replicas, template: {spec: {containers: [{name: 'db', image: name}]}}},
      ...(status ? {status} : {}),
    }),
  );
const milestones: MilestoneInput[] = [
  {
    id: 'm',
    object: {kind: 'deployments.apps', name: 'db'},
    match: {spec: {template: {spec: {containers: [{image: 'mariadb:11.8'}]}}}},
  },
];

test('made with another value than asked', () => {
  expect(diagnosisOf({milestones, script: [[1, image('mysql:5.7')]]})).toEqual({
    code: 'wrong-field',
    facts: {found: 'mysql:5.7', wanted: 'mariadb:11.8', fixed: false},
    object: {kind: 'deployments.apps', name: 'db', uid: 'uid-db', namespace: 'statelab-test'},
    path: 'spec.template.spec.containers[0].image',
    verdict: 'off-track',
  });
});

test('changed to another value than asked', () => {
  const script: Script = [
    [0, image('mariadb:10')],
    [2, image('mariadb:11')],
  ];
  expect(diagnosisOf({milestones, script, since: 1})?.facts).toMatchObject({found: 'mariadb:11'});
});

test('asked for in CEL', () => {
  const two: MilestoneInput[] = [
    {
      id: 'm',
      object: {kind: 'deployments.apps', name: 'db'},
      match: 'has(self.spec) && self.spec.replicas == 2',
    },
  ];
  const script: Script = [
    [0, image('x', 1)],
    [2, image('x', 3)],
  ];
  expect(diagnosisOf({milestones: two, script, since: 1})).toMatchObject({
    code: 'wrong-field',
    facts: {found: '3', wanted: '2'},
    path: 'spec.replicas',
  });
});

test('must not be so', () => {
  const other: MilestoneInput[] = [
    {id: 'm', object: {kind: 'pods', name: 'db'}, match: 'self.spec.nodeSelector["host"] != "n1"'},
  ];
  const script: Script = [[1, put(pod('db', {spec: {nodeSelector: {host: 'n1'}}}))]];
  expect(diagnosisOf({milestones: other, script})).toMatchObject({
    facts: {found: 'n1', not: 'n1', fixed: true},
    path: 'spec.nodeSelector["host"]',
  });
});

test('has to be there: what stands beside it', () => {
  const key: MilestoneInput[] = [
    {
      id: 'm',
      object: {kind: 'secrets', name: 'db'},
      match: 'has(self.data.user) && has(self.data.root_password)',
    },
  ];
  const secret = put(object('secrets', 'db', {data: {user: 'dQ==', rootpassword: 'cg=='}}));
  expect(diagnosisOf({milestones: key, script: [[1, secret]]})).toMatchObject({
    code: 'wrong-field',
    facts: {found: undefined, has: ['user', 'rootpassword'], fixed: false},
    path: 'data.root_password',
  });
});

describe('a field that cannot be changed any more: make the object anew', () => {
  test('of a Pod', () => {
    const wants: MilestoneInput[] = [
      {id: 'm', object: {kind: 'pods', name: 'db'}, match: {spec: {nodeSelector: {a: 'b'}}}},
    ];
    expect(
      diagnosisOf({milestones: wants, script: [[1, put(pod('db', {spec: {nodeSelector: {a: 'c'}}}))]]}),
    ).toMatchObject({code: 'wrong-field', facts: {found: 'c', wanted: 'b', fixed: true}});
  });
  test('of a claim, but not how much it asks for', () => {
    const asks = (spec: {[field: string]: Json}): MilestoneInput[] => [
      {id: 'm', object: {kind: 'persistentvolumeclaims', name: 'data'}, match: {spec}},
    ];
    const bound: Script = [[1, put(claim('data', {phase: 'Bound', volume: 'v'}))]];
    expect(diagnosisOf({milestones: asks({storageClassName: 'x'}), script: bound})?.facts).toMatchObject({
      fixed: true,
    });
    expect(
      diagnosisOf({milestones: asks({resources: {requests: {storage: '2Gi'}}}), script: bound})?.facts,
    ).toMatchObject({fixed: false});
  });
});

describe('not', () => {
  test('of what is only not done yet', () => {
    const script: Script = [
      [0, image('mysql:5.7')],
      [2, image('mysql:5.7', 1, {replicas: 1})],
    ];
    expect(diagnosisOf({milestones, script, since: 1})).toBeUndefined();
  });
  test('of what the cluster says and fills in', () => {
    const wants: MilestoneInput[] = [
      {
        id: 'm',
        object: {kind: 'pods', name: 'db'},
        match: {spec: {nodeName: 'n1'}, status: {phase: 'Running'}},
      },
    ];
    expect(
      diagnosisOf({milestones: wants, script: [[1, put(pod('db', {phase: 'Pending'}))]]}),
    ).toBeUndefined();
  });
});
