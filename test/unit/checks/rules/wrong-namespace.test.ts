import {expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {deployment, pod} from '../../../helpers/objects.ts';
import {put, type Script} from '../../../helpers/script.ts';

const milestones: MilestoneInput[] = [
  {id: 'm', object: {kind: 'deployments.apps', name: 'db'}, match: {spec: {replicas: 1}}},
];
const elsewhere = deployment('db', 1, {metadata: {namespace: 'default'}});

test('it is there, but in another namespace', () => {
  expect(diagnosisOf({milestones, script: [[1, put(elsewhere)]]})).toEqual({
    code: 'wrong-namespace',
    facts: {found: 'default', wanted: 'statelab-test'},
    object: {kind: 'deployments.apps', name: 'db', uid: 'uid-db', namespace: 'default'},
    path: 'metadata.namespace',
    verdict: 'off-track',
  });
});

test('not when there is one in the lab’s namespace as well', () => {
  const here = deployment('db', 2, {metadata: {uid: 'here'}});
  expect(diagnosisOf({milestones, script: [[0, put(elsewhere), put(here)]]})).toBeUndefined();
});

test('not when what is elsewhere is something else', () => {
  const other: Script = [[1, put(deployment('web', 1, {metadata: {namespace: 'default'}}))]];
  expect(diagnosisOf({milestones, script: other})).toBeUndefined();
  const labelled: MilestoneInput[] = [{id: 'm', object: {kind: 'pods', labels: 'app=db'}, match: {}}];
  const web = pod('web', {labels: {app: 'web'}, namespace: 'default'});
  expect(diagnosisOf({milestones: labelled, script: [[1, put(web)]]})).toBeUndefined();
});
