import {describe, expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {deployment, object} from '../../../helpers/objects.ts';
import {put, type Script} from '../../../helpers/script.ts';

const milestones: MilestoneInput[] = [
  {id: 'm', object: {kind: 'deployments.apps', name: 'db'}, match: {spec: {replicas: 2}}},
];
const statefulSet = (replicas: number) =>
  put(object('statefulsets.apps', 'db', {metadata: {uid: 'set'}, spec: {replicas}}));
const start: Script = [[0, put(deployment('db', 1)), statefulSet(1)]];

test('a workload of another kind was scaled to what is asked', () => {
  expect(diagnosisOf({milestones, script: [...start, [2, statefulSet(2)]], since: 1})).toEqual({
    code: 'scaled-elsewhere',
    facts: {found: 'db', replicas: 2, wanted: 'Deployment db'},
    object: {kind: 'statefulsets.apps', name: 'db', uid: 'set', namespace: 'statelab-test'},
    path: 'spec.replicas',
    verdict: 'off-track',
  });
});

describe('not', () => {
  const tall: Script = [
    [0, put(deployment('db', 1)), put(object('statefulsets.apps', 'web', {spec: {replicas: 2}}))],
  ];
  test('when it had so many before', () => {
    expect(diagnosisOf({milestones, script: tall, since: 1, at: 2})).toBeUndefined();
  });
  test('when only its status changed', () => {
    const status = object('statefulsets.apps', 'web', {spec: {replicas: 2}, status: {readyReplicas: 2}});
    expect(diagnosisOf({milestones, script: [...tall, [3, put(status)]], since: 1})).toBeUndefined();
  });
  test('when it was scaled to something else', () => {
    expect(diagnosisOf({milestones, script: [...start, [2, statefulSet(3)]], since: 1})).toBeUndefined();
  });
});
