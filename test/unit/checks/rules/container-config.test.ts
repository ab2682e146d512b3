import {expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {pod, waiting} from '../../../helpers/objects.ts';
import {put} from '../../../helpers/script.ts';

const milestones: MilestoneInput[] = [
  {id: 'm', object: {kind: 'pods', labels: 'app=db'}, match: {status: {phase: 'Running'}}},
];
const stuck = (reason: string, message?: string) =>
  put(pod('db-1', {phase: 'Pending', container: waiting(reason, message)}));

test('the container cannot be made, and why', () => {
  const script = [[1, stuck('CreateContainerConfigError', 'secret "db" not found')]] as const;
  expect(diagnosisOf({milestones, script})).toEqual({
    code: 'container-config',
    facts: {container: 'db', missing: {kind: 'Secret', name: 'db'}},
    object: {kind: 'pods', name: 'db-1', uid: 'uid-db-1', namespace: 'statelab-test'},
    path: 'spec.containers[name=db].env',
    verdict: 'off-track',
    proof: 'secret "db" not found',
  });
});

test('not while it is only being made', () => {
  expect(diagnosisOf({milestones, script: [[1, stuck('ContainerCreating')]]})).toBeUndefined();
});
