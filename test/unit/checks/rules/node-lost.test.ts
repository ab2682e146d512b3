import {describe, expect, test} from 'vitest';
import {diagnosisOf, judgementOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {node} from '../../../helpers/nodes.ts';
import {pod} from '../../../helpers/objects.ts';
import {put, type Script} from '../../../helpers/script.ts';

const milestones: MilestoneInput[] = [
  {
    id: 'm',
    object: {kind: 'pods', name: 'db-0'},
    match: {status: {conditions: [{type: 'Ready', status: 'True'}]}},
  },
];
const leaving = put(pod('db-0', {node: 'n1', ready: false, deleting: true}));

test('a Pod stays Terminating: its node does not answer', () => {
  const script: Script = [[1, put(node('n1', {lost: true})), leaving]];
  expect(diagnosisOf({milestones, script})).toEqual({
    code: 'node-lost',
    facts: {node: 'n1', terminating: true},
    object: {kind: 'pods', name: 'db-0', uid: 'uid-db-0', namespace: 'statelab-test'},
    path: 'spec.nodeName',
    verdict: 'off-track',
  });
});

test('not while its node answers, nor of a step that is about the node', () => {
  expect(diagnosisOf({milestones, script: [[1, put(node('n1')), leaving]]})).toBeUndefined();
  const ofNode: MilestoneInput[] = [
    {id: 'm', object: {kind: 'nodes', name: 'n1'}, match: {spec: {unschedulable: true}}},
  ];
  const script: Script = [[0, put(node('n1', {lost: true})), leaving]];
  expect(diagnosisOf({milestones: ofNode, script})).toBeUndefined();
});

describe('not-forced', () => {
  const stuck = pod('db-0', {node: 'n1'});
  const replaced = (waits: 'learner' | 'cluster'): MilestoneInput[] => [
    {id: 'm', object: {kind: 'pods', name: 'db-0'}, replaced: '$stuck', waits},
  ];
  const script: Script = [[1, put(node('n1', {lost: true})), leaving]];
  const remembered = {stuck};
  const expected = ['node-lost'];
  test('a Pod is to be replaced, and the node that would have to confirm its end does not answer', () => {
    const judgement = judgementOf({milestones: replaced('learner'), script, remembered, expected});
    expect(judgement).toMatchObject({
      verdict: 'off-track',
      todo: true,
      diagnosis: {code: 'not-forced', facts: {node: 'n1'}, object: {name: 'db-0'}},
    });
  });
  test('not where the cluster itself is to take it away, nor while its node answers', () => {
    expect(diagnosisOf({milestones: replaced('cluster'), script, remembered, expected})).toBeUndefined();
    const answers: Script = [[1, put(node('n1')), leaving]];
    expect(
      diagnosisOf({milestones: replaced('learner'), script: answers, remembered, expected}),
    ).toBeUndefined();
  });
});
