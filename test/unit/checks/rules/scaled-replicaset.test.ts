import {describe, expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {deployment, replicaSet} from '../../../helpers/objects.ts';
import {put, type Script} from '../../../helpers/script.ts';

const wants = (replicas: number): MilestoneInput[] => [
  {id: 'm', object: {kind: 'deployments.apps', name: 'db'}, match: {spec: {replicas}}},
];
const rs = (name: string, replicas: number) => put(replicaSet(name, 'db', replicas));
const start: Script = [[0, put(deployment('db', 1)), rs('db-1', 1)]];

test('the ReplicaSet was scaled, and its Deployment took it back', () => {
  const script: Script = [...start, [2, rs('db-1', 2)], [3, rs('db-1', 1)]];
  expect(diagnosisOf({milestones: wants(2), script, since: 1})).toEqual({
    code: 'scaled-replicaset',
    facts: {replicaSet: 'db-1', deployment: 'db'},
    object: {kind: 'replicasets.apps', name: 'db-1', uid: 'uid-db-1', namespace: 'statelab-test'},
    path: 'spec.replicas',
    verdict: 'off-track',
  });
});

test('its status may change meanwhile', () => {
  const script: Script = [
    ...start,
    [2, rs('db-1', 2)],
    [3, rs('db-1', 2)],
    [4, rs('db-1', 1)],
    [5, rs('db-1', 1)],
  ];
  expect(diagnosisOf({milestones: wants(2), script, since: 1})?.code).toBe('scaled-replicaset');
});

describe('not', () => {
  test('before the step began', () => {
    const script: Script = [...start, [2, rs('db-1', 2)], [3, rs('db-1', 1)]];
    expect(diagnosisOf({milestones: wants(2), script, since: 4, at: 5})).toBeUndefined();
  });
  test('in an ordinary rollout, in which both ReplicaSets pass through the wanted number', () => {
    const script: Script = [
      [0, put(deployment('db', 2)), rs('db-1', 2)],
      [2, put(deployment('db', 2, {metadata: {generation: 2}}))],
      [3, rs('db-2', 0)],
      [4, rs('db-2', 1)],
      [5, rs('db-1', 1)],
      [6, rs('db-2', 2)],
      [7, rs('db-1', 0)],
    ];
    for (let at = 2; at <= 7; at += 1)
      expect(diagnosisOf({milestones: wants(1), script, since: 1, at})).toBeUndefined();
  });
  test('when the Deployment was scaled, and scaled back, though its own change was seen last', () => {
    const scaled = (replicas: number, generation: number) =>
      put(deployment('db', replicas, {metadata: {generation}}));
    const script: Script = [
      [0, scaled(1, 1), rs('db-1', 1)],
      [2, scaled(2, 2)],
      [2.1, rs('db-1', 2)],
      [8, rs('db-1', 1)],
      [8.2, scaled(1, 3)],
    ];
    expect(diagnosisOf({milestones: wants(2), script, since: 1, at: 9})).toBeUndefined();
  });
  test('in a rollout that is undone half way', () => {
    const script: Script = [
      [0, put(deployment('db', 2)), rs('db-1', 2), rs('db-2', 0)],
      [2, put(deployment('db', 2, {metadata: {generation: 2}}))],
      [3, rs('db-2', 1)],
      [4, rs('db-1', 1)],
      [5, put(deployment('db', 2, {metadata: {generation: 3}}))],
      [6, rs('db-1', 2)],
      [7, rs('db-2', 0)],
    ];
    expect(diagnosisOf({milestones: wants(1), script, since: 1})).toBeUndefined();
  });
  test('when the ReplicaSet of another Deployment was scaled', () => {
    const script: Script = [
      ...start,
      [1, put(deployment('web', 1)), put(replicaSet('web-1', 'web', 1))],
      [2, put(replicaSet('web-1', 'web', 2))],
      [3, put(replicaSet('web-1', 'web', 1))],
    ];
    expect(diagnosisOf({milestones: wants(2), script, since: 1})).toBeUndefined();
  });
  test('when the Deployment itself was scaled to and fro', () => {
    const script: Script = [
      ...start,
      [2, put(deployment('db', 2, {metadata: {generation: 2}})), rs('db-1', 2)],
      [3, put(deployment('db', 1, {metadata: {generation: 3}})), rs('db-1', 1)],
    ];
    expect(diagnosisOf({milestones: wants(2), script, since: 2, at: 3})).toBeUndefined();
  });
});
