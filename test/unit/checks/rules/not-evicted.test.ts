import {expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {node, unscheduled} from '../../../helpers/nodes.ts';
import {object, pod} from '../../../helpers/objects.ts';
import {deleted, put, type Script} from '../../../helpers/script.ts';

const evicted = {type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI'};
const milestones: MilestoneInput[] = [
  {id: 'm', object: {kind: 'pods', name: 'db-0'}, seen: {status: {conditions: [evicted]}}, waits: 'learner'},
];
const db = pod('db-0', {uid: 'first', node: 'n1'});
const start: Script = [[0, put(node('n1', {cordoned: true})), put(node('n2')), put(db)]];
const successor = put({...unscheduled('db-0', 'no node'), metadata: {...db.metadata, uid: 'second'}});

test('the Pod was deleted, which asks nobody', () => {
  const script: Script = [...start, [2, deleted(db)], [3, successor]];
  expect(diagnosisOf({milestones, script, since: 1})).toMatchObject({
    code: 'not-evicted',
    facts: {pod: 'db-0'},
    object: {kind: 'pods', name: 'db-0', uid: 'first'},
    verdict: 'off-track',
  });
});

test.each<[string, Script, MilestoneInput[]]>([
  ['while it is there', start, milestones],
  [
    'of a Pod that was deleted before',
    [
      [0, put(db)],
      [0.5, deleted(db)],
      [3, successor],
    ],
    milestones,
  ],
  [
    'when no eviction is asked for',
    [...start, [2, deleted(db)]],
    [{id: 'm', object: {kind: 'pods', name: 'other'}, match: {}}],
  ],
])('not %s', (_, script, asked) => {
  expect(diagnosisOf({milestones: asked, script, since: 1})?.code).not.toBe('not-evicted');
});

test('not of a Pod that was evicted', () => {
  const leaving = pod('db-0', {uid: 'first', node: 'n1', conditions: [evicted]});
  const asked: MilestoneInput[] = [
    {...milestones[0], id: 'm', object: {kind: 'pods', name: 'db-0', not: '$first'}},
  ];
  const script: Script = [...start, [2, put(leaving)], [3, deleted(leaving)]];
  expect(diagnosisOf({milestones: asked, script, since: 1, remembered: {first: db}})?.code).not.toBe(
    'not-evicted',
  );
});

test('not when its successor runs, which can be evicted', () => {
  const script: Script = [...start, [2, deleted(db)], [3, put(pod('db-0', {uid: 'second', node: 'n1'}))]];
  expect(diagnosisOf({milestones, script, since: 1})?.code).not.toBe('not-evicted');
});

test('not where it went with the StatefulSet that owned it', () => {
  const set = object('statefulsets.apps', 'db', {spec: {replicas: 1}});
  const owned = {
    ...db,
    metadata: {...db.metadata, ownerReferences: [{kind: 'StatefulSet', name: 'db', uid: 'uid-db'}]},
  };
  const script: Script = [
    [0, put(node('n1', {cordoned: true})), put(set), put(owned)],
    [2, deleted(set), deleted(owned)],
  ];
  expect(diagnosisOf({milestones, script, since: 1})?.code).toBe('deleted-meanwhile');
});
