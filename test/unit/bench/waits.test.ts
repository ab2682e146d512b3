import {expect, test} from 'vitest';
import {imagesIn, waitsIn} from '../../../bench/waits.ts';
import type {JsonLine} from '../../../src/ui/json.ts';
import {labOf} from '../../helpers/labs.ts';

const pod = {object: {kind: 'pods', name: 'p'}, match: {status: {phase: 'Running'}}} as const;
const lab = labOf([
  {
    id: 'scale',
    type: 'do',
    milestones: [
      {id: 'scaled', ...pod},
      {id: 'locked', ...pod, expect: {within: 31, because: 'lock'}},
      {id: 'restarted', ...pod, expect: {within: 5, because: 'restart'}},
      {id: 'stays', ...pod, holds: 10},
    ],
  },
]);
const time = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
const step = (at: number): JsonLine => ({
  v: 1,
  type: 'step',
  at: time(at),
  lab: 'test',
  step: 'scale',
  index: 1,
  total: 1,
  kind: 'do',
});
const milestone = (id: string, seenAt: number, at = seenAt): JsonLine => ({
  v: 1,
  type: 'milestone',
  at: time(at),
  lab: 'test',
  step: 'scale',
  milestone: id,
  seenAt: time(seenAt),
});

test('waits are what the lab expects to take time, and took it', () => {
  const lines = [
    step(0),
    milestone('scaled', 7), // the learner's own time
    milestone('locked', 38),
    milestone('restarted', 40),
    milestone('stays', 50),
  ];
  expect(waitsIn(lab, lines)).toBe(31 + 2 + 10);
});

test('that statelab said it late is no wait for the cluster', () => {
  expect(waitsIn(lab, [step(0), milestone('scaled', 1), milestone('locked', 32, 99)])).toBe(31);
});

test('what was so before the step began was not waited for', () => {
  expect(waitsIn(lab, [step(100), milestone('scaled', 10), milestone('locked', 41)])).toBe(0);
});

test('images are loaded from the first word about them to the last', () => {
  const loading = (at: number): JsonLine => ({
    v: 1,
    type: 'note',
    at: time(at),
    lab: 'test',
    note: {code: 'images-loading', line: 'Saving 2 images'},
  });
  expect(imagesIn([step(0), loading(3), step(5), loading(24)])).toBe(21);
  expect(imagesIn([step(0)])).toBe(0);
});
