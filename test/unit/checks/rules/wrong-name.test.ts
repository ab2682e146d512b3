import {describe, expect, test} from 'vitest';
import type {RuleContext} from '../../../../src/checks/rules/rule.ts';
import {wrongName} from '../../../../src/checks/rules/wrong-name.ts';
import {World} from '../../../../src/world/world.ts';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {deployment, namespace, object, pod} from '../../../helpers/objects.ts';
import {deleted, put, type Script} from '../../../helpers/script.ts';
import {claim, volume} from '../../../helpers/volumes.ts';

const db = {kind: 'deployments.apps', name: 'db'} as const;
const milestones: MilestoneInput[] = [{id: 'm', object: db, match: {spec: {replicas: 2}}}];

test('none of the name, one of another', () => {
  expect(diagnosisOf({milestones, script: [[1, put(deployment('dd', 1))]], at: 2})).toEqual({
    code: 'wrong-name',
    facts: {found: 'dd', wanted: 'db'},
    object: {kind: 'deployments.apps', name: 'dd', uid: 'uid-dd', namespace: 'statelab-test'},
    path: 'metadata.name',
    verdict: 'off-track',
  });
});

test('what is asked was done with another one', () => {
  const script: Script = [
    [0, put(deployment('db', 1))],
    [2, put(deployment('db2', 2))],
  ];
  expect(diagnosisOf({milestones, script})).toMatchObject({code: 'wrong-name', facts: {found: 'db2'}});
});

test('the one whose name is nearest, of those made in this step', () => {
  const script: Script = [
    [0, put(deployment('dbb', 1))],
    [2, put(deployment('bd', 1)), put(deployment('web', 1))],
  ];
  expect(diagnosisOf({milestones, script, since: 1, at: 4})?.facts).toMatchObject({found: 'bd'});
});

describe('not', () => {
  test('of one that was there when the step began', () => {
    expect(
      diagnosisOf({milestones, script: [[0, put(deployment('dd', 1))]], since: 1, at: 4}),
    ).toBeUndefined();
  });
  test('before the rest of a manifest had time to come', () => {
    const script: Script = [[1, put(deployment('dd', 1))]];
    expect(diagnosisOf({milestones, script, at: 1.5})).toBeUndefined();
  });
  test('of what the cluster made, names and numbers', () => {
    const claims: MilestoneInput[] = [
      {id: 'm', object: {kind: 'persistentvolumeclaims', name: 'pvc-db-1'}, match: {}},
    ];
    expect(diagnosisOf({milestones: claims, script: [[1, put(claim('pvc-db-0'))]], at: 4})).toBeUndefined();
    const pods: MilestoneInput[] = [{id: 'm', object: {kind: 'pods', name: 'db-0'}, match: {}}];
    const set = put(object('statefulsets.apps', 'db'));
    expect(diagnosisOf({milestones: pods, script: [[1, set, put(pod('client'))]], at: 4})).toBeUndefined();
    const volumes: MilestoneInput[] = [
      {id: 'm', object: {kind: 'persistentvolumes', name: 'my-pv'}, match: {}},
    ];
    const made = put(volume('pvc-1', {provisioned: true}));
    expect(diagnosisOf({milestones: volumes, script: [[1, made]], at: 4})).toBeUndefined();
  });
  test('when the other one is not as asked either', () => {
    const script: Script = [
      [0, put(deployment('db', 1))],
      [2, put(deployment('db2', 1))],
    ];
    expect(diagnosisOf({milestones, script})).toBeUndefined();
  });
  test('when the other one was so before the step began', () => {
    const script: Script = [[0, put(deployment('db', 1)), put(deployment('other', 2))]];
    expect(diagnosisOf({milestones, script, since: 1, at: 2})).toBeUndefined();
  });
  test('when the other one was so before, and is only seen since: after a fast-forward all is', () => {
    const watch = {kind: 'deployments.apps', namespace} as const;
    const older = {metadata: {creationTimestamp: '1970-01-01T00:00:05Z'}};
    const world = new World([watch]);
    const objects = [deployment('db', 1, older), deployment('other', 2, older)];
    world.apply({type: 'listed', watch, objects, at: 60_000});
    const [milestone] = milestones;
    const context = {
      milestone,
      mismatches: [],
      attempt: {step: {milestones}},
      scene: {world, namespace, remembered: {}},
      since: 10_000,
      now: 70_000,
      later: [],
    } as unknown as RuleContext;
    expect(wrongName(context)).toBeUndefined();
    world.apply({type: 'put', watch, object: deployment('third', 2), at: 65_000});
    expect(wrongName(context)).toMatchObject({facts: {found: 'third'}});
  });
  test('when the step asks for the other one as well', () => {
    const both: MilestoneInput[] = [...milestones, {id: 'n', object: {...db, name: 'web'}, match: {}}];
    expect(diagnosisOf({milestones: both, script: [[1, put(deployment('web', 1))]]})).toBeUndefined();
  });
  test('when one is to go: others may stay', () => {
    const gone: MilestoneInput[] = [{id: 'm', object: db, gone: true}];
    const script: Script = [[0, put(deployment('db', 1)), put(deployment('db2', 1))]];
    expect(diagnosisOf({milestones: gone, script})).toBeUndefined();
  });
  test('when one is to be replaced: its neighbour is no substitute', () => {
    const replaced: MilestoneInput[] = [{id: 'm', object: {kind: 'pods', name: 'db-0'}, replaced: '$zero'}];
    const zero = pod('db-0');
    const script: Script = [
      [0, put(zero), put(pod('db-1'))],
      [1, deleted(zero)],
    ];
    expect(diagnosisOf({milestones: replaced, script, remembered: {zero}})).toBeUndefined();
  });
});
