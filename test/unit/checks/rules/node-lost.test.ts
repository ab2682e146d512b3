import {expect, test} from 'vitest';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
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
