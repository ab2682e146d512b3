import {expect, test} from 'vitest';
import {longestOutage} from '../../../src/checks/outage.ts';
import {sceneOf} from '../../helpers/judging.ts';
import {pod} from '../../helpers/objects.ts';
import {deleted, put, type Script} from '../../helpers/script.ts';

const object = {kind: 'pods', labels: 'app=db'} as const;
const served = {status: {conditions: [{type: 'Ready', status: 'True'}]}};
const outage = (script: Script, since: number, until: number) =>
  longestOutage({object, served}, sceneOf(script), since * 1000, until * 1000) / 1000;

const restarted: Script = [
  [1, put(pod('a'))],
  [10, put(pod('a', {ready: false}))],
  [12, deleted(pod('a'))],
  [13, put(pod('b', {ready: false}))],
  [24.2, put(pod('b'))],
  [30, put(pod('b', {ready: false}))],
  [33, put(pod('b'))],
];

test('the longest of several, from the end of one Pod to the next', () => {
  expect(outage(restarted, 1, 40)).toBeCloseTo(14.2);
});
test('only what lies within the step', () => {
  expect(outage(restarted, 26, 40)).toBeCloseTo(3);
  expect(outage(restarted, 15, 40)).toBeCloseTo(9.2);
  expect(outage(restarted, 1, 14)).toBeCloseTo(4);
});
test('none while another serves', () => {
  const rolling: Script = [
    [1, put(pod('a'))],
    [5, put(pod('b'))],
    [6, put(pod('a', {ready: false}))],
    [7, deleted(pod('a'))],
  ];
  expect(outage(rolling, 2, 20)).toBe(0);
});
test('all of it when nobody ever served', () => {
  expect(outage([[1, put(pod('a', {ready: false}))]], 2, 20)).toBe(18);
});
test('by an expression', () => {
  const scene = sceneOf(restarted);
  const byName = {object, served: "self.metadata.name == 'b' && self.status.phase == 'Running'"};
  expect(longestOutage(byName, scene, 0, 40_000) / 1000).toBeCloseTo(13);
});
