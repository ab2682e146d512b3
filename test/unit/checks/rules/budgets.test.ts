import {expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {object, pod} from '../../../helpers/objects.ts';
import {put, type Script} from '../../../helpers/script.ts';

const kind = 'poddisruptionbudgets.policy';
const milestones: MilestoneInput[] = [
  {id: 'm', object: {kind}, match: {status: {expectedPods: 1, disruptionsAllowed: 0}}, waits: 'learner'},
];
const db = pod('db-0', {labels: {app: 'db'}});
const budget = (app: string, status: object) =>
  put(
    object(kind, 'db', {
      metadata: {generation: 1},
      spec: {minAvailable: 1, selector: {matchLabels: {app}}},
      status: {observedGeneration: 1, ...status},
    }),
  );
const script = (app: string, status: object): Script => [
  [0, put(db)],
  [2, budget(app, status)],
];

test('its selector finds no Pod', () => {
  const none = script('dv', {expectedPods: 0, disruptionsAllowed: 0});
  expect(diagnosisOf({milestones, script: none, since: 1})).toEqual({
    code: 'budget-without-pods',
    facts: {selector: 'app=dv', nearest: {pod: 'db-0', labels: 'app=db'}},
    object: expect.objectContaining({kind, name: 'db'}),
    path: 'spec.selector',
    verdict: 'off-track',
  });
});

test('it allows an eviction that it is to forbid', () => {
  const lets = script('db', {expectedPods: 1, disruptionsAllowed: 1});
  expect(diagnosisOf({milestones, script: lets, since: 1})).toMatchObject({
    code: 'budget-allows',
    facts: {allowed: 1},
    path: 'status.disruptionsAllowed',
  });
});

test('not before the cluster has counted its Pods', () => {
  const fresh = script('db', {observedGeneration: undefined, expectedPods: 0, disruptionsAllowed: 0});
  expect(diagnosisOf({milestones, script: fresh, since: 1})?.code ?? '').not.toMatch(/^budget/);
});
