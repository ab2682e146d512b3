import {expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../helpers/judging.ts';
import {pod, waiting} from '../../helpers/objects.ts';
import {put, type Script} from '../../helpers/script.ts';

const milestones: MilestoneInput[] = [
  {
    id: 'm',
    object: {kind: 'pods', labels: 'app=db'},
    match: {status: {phase: 'Running'}},
    expect: {within: 10, because: 'x'},
  },
];
const script: Script = [
  [1, put(pod('a', {phase: 'Pending', container: waiting('ErrImagePull', 'not found')}))],
];

test('what explains most comes first: a cause before its being late', () => {
  expect(diagnosisOf({milestones, script, at: 60})?.code).toBe('image-not-pulled');
});

test('what the step means to happen is no news; the next cause is', () => {
  expect(diagnosisOf({milestones, script, at: 60, expected: ['image-not-pulled']})?.code).toBe('late');
});
