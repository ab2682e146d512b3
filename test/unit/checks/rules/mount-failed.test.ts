import {expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {eventAbout, pod, waiting} from '../../../helpers/objects.ts';
import {put} from '../../../helpers/script.ts';

const milestones: MilestoneInput[] = [
  {
    id: 'm',
    object: {kind: 'pods', labels: 'app=db'},
    match: {status: {conditions: [{type: 'Ready', status: 'True'}]}},
  },
];
const creating = pod('db-1', {phase: 'Pending', container: waiting('ContainerCreating')});
const message =
  'MountVolume.SetUp failed for volume "data" : hostPath type check failed: /nowhere is not a directory';
const event = eventAbout(creating, 'FailedMount', message);

test('a volume cannot be mounted: which, and why', () => {
  expect(diagnosisOf({milestones, script: [[1, put(creating), put(event)]]})).toEqual({
    code: 'mount-failed',
    facts: {volume: 'data', hostPath: {path: '/nowhere', wanted: 'directory'}},
    object: {kind: 'pods', name: 'db-1', uid: 'uid-db-1', namespace: 'statelab-test'},
    path: 'spec.volumes',
    verdict: 'off-track',
    proof: message,
  });
});

test('of several events the newest is the proof; one may name no volume', () => {
  const later = eventAbout(creating, 'FailedMount', 'Unable to attach or mount volumes: timed out');
  later.metadata.uid = 'later';
  expect(
    diagnosisOf({
      milestones,
      script: [
        [1, put(creating), put(event)],
        [2, put(later)],
      ],
    }),
  ).toMatchObject({
    facts: {},
    path: 'spec.volumes',
    proof: 'Unable to attach or mount volumes: timed out',
  });
});

test('not once a container has started: it was mounted after all', () => {
  const running = pod('db-1', {ready: false, container: {state: {running: {}}}});
  expect(diagnosisOf({milestones, script: [[1, put(running), put(event)]]})).toBeUndefined();
});
