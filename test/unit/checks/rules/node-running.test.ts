import {expect, test} from 'vitest';
import type {LookState} from '../../../../src/checks/looks.ts';
import {diagnosisOf, type MilestoneInput} from '../../../helpers/judging.ts';
import {node} from '../../../helpers/nodes.ts';
import {pod} from '../../../helpers/objects.ts';
import {deleted, put, type Script} from '../../../helpers/script.ts';

const milestones: MilestoneInput[] = [{id: 'm', probe: {look: {node: {name: 'n1'}}, matches: '^silent$'}}];
const says = (found: string) =>
  new Map<string, LookState>([
    ['m', {status: 'unmatched', mismatches: [{type: 'output', object: 'n1', wanted: '^silent$', found}]}],
  ]);
const start: Script = [[0, put(node('n1')), put(node('n2'))]];
const taint = {key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute'};

const cordoned: Script = [...start, [2, put(node('n1', {cordoned: true}))]];
const tainted: Script = [...start, [2, put(node('n1', {taint}))]];
const gone: Script = [...start, [2, deleted(node('n1'))]];

const its = put(pod('db-0', {node: 'n1'}));
const emptied: Script = [
  [0, put(node('n1')), put(node('n2')), its],
  [2, deleted(pod('db-0'))],
];

test.each([
  ['emptied', emptied],
  ['cordoned', cordoned],
  ['tainted', tainted],
  ['deleted', gone],
])('%s, and it runs on', (did, script) => {
  expect(diagnosisOf({milestones, script, since: 1, looks: says('running')})).toEqual({
    code: 'node-running',
    facts: {node: 'n1', did},
    object: {kind: 'nodes', name: 'n1', uid: 'uid-n1'},
    verdict: 'off-track',
  });
});

test('it was another node that was stopped', () => {
  const script: Script = [...start, [2, put(node('n2', {lost: true}))]];
  expect(diagnosisOf({milestones, script, since: 1, looks: says('running')})).toMatchObject({
    code: 'wrong-node',
    facts: {found: 'n2', wanted: ['n1'], change: 'stopped'},
  });
});

test.each<[string, Script, string, number]>([
  ['when nothing was done to it', start, 'running', 1],
  ['when it was so before', cordoned, 'running', 3],
  ['when it has stopped', cordoned, 'silent', 1],
  [
    'when its Node is back',
    [...gone, [3, put({...node('n1'), metadata: {name: 'n1', uid: 'new'}})]],
    'running',
    1,
  ],
])('not %s', (_, script, found, since) => {
  expect(diagnosisOf({milestones, script, since, looks: says(found)})).toBeUndefined();
});
