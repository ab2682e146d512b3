import {expect, test} from 'vitest';
import {diagnosisOf, judgementOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {deployment, pod, waiting} from '../../../helpers/objects.ts';
import {put} from '../../../helpers/script.ts';

const milestones: MilestoneInput[] = [
  {id: 'm', object: {kind: 'pods', labels: 'app=db'}, match: {status: {phase: 'Running'}}},
];
const stuck = (reason: string, message?: string) =>
  pod('db-1', {phase: 'Pending', container: {...waiting(reason, message), image: 'mariadb:typo'}});

test('a node cannot get the image: container, field and what the kubelet says', () => {
  const script = [[1, put(stuck('ImagePullBackOff', 'Back-off pulling image "mariadb:typo"'))]] as const;
  expect(diagnosisOf({milestones, script})).toEqual({
    code: 'image-not-pulled',
    facts: {container: 'db', image: 'mariadb:typo', reason: 'ImagePullBackOff'},
    object: {kind: 'pods', name: 'db-1', uid: 'uid-db-1', namespace: 'statelab-test'},
    path: 'spec.containers[name=db].image',
    verdict: 'off-track',
    proof: 'Back-off pulling image "mariadb:typo"',
  });
});

test('also when the step waits for the Deployment that owns the Pod', () => {
  const available: MilestoneInput[] = [
    {id: 'm', object: {kind: 'deployments.apps', name: 'db'}, match: {status: {availableReplicas: 1}}},
  ];
  const owner = deployment('db', 1, {spec: {replicas: 1, selector: {matchLabels: {app: 'db'}}}});
  expect(
    diagnosisOf({milestones: available, script: [[1, put(owner), put(stuck('ErrImagePull'))]]}),
  ).toMatchObject({
    code: 'image-not-pulled',
    object: {name: 'db-1'},
  });
});

test('not while the container is being made', () => {
  expect(judgementOf({milestones, script: [[1, put(stuck('ContainerCreating'))]]})).toMatchObject({
    verdict: 'converging',
  });
  expect(diagnosisOf({milestones, script: [[1, put(stuck('ContainerCreating'))]]})).toBeUndefined();
});

test('not of Pods that the milestone does not mean, nor of statelab’s own', () => {
  const container = waiting('ErrImagePull');
  const web = pod('web', {labels: {app: 'web'}, phase: 'Pending', container});
  const helper = pod('helper', {labels: {app: 'db', 'statelab.dev/helper': ''}, phase: 'Pending', container});
  expect(diagnosisOf({milestones, script: [[1, put(web), put(helper)]]})).toBeUndefined();
});
