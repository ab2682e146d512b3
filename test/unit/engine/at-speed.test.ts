import {expect, test} from 'vitest';
import {labAtSpeed} from '../../../src/engine/at-speed.ts';
import type {DatabaseId} from '../../../src/lab/databases.ts';
import {labOf} from '../../helpers/labs.ts';

const lab = labOf([
  {
    id: 's',
    type: 'do',
    milestones: [
      {id: 'up', object: {kind: 'pods', name: 'p'}, seen: {is: {}}, expect: {within: 35, because: 'start'}},
      {id: 'stays', object: {kind: 'pods', name: 'p'}, match: {is: {}}, holds: 5},
      {id: 'gone', object: {kind: 'pods', name: 'p'}, gone: true},
    ],
  },
]);
const milestones = (speed: number) => labAtSpeed(lab, speed).steps[0]?.milestones;

test('a lab in real time is as it was written', () => {
  expect(labAtSpeed(lab, 1)).toEqual(lab);
});

test('what takes longer with one database than with another', () => {
  const within = {mariadb: 31, mysql: 103};
  const waiting = labOf(
    [
      {
        id: 's',
        type: 'do',
        milestones: [
          {
            id: 'up',
            object: {kind: 'pods', name: 'p'},
            seen: {is: {}},
            expect: {within, because: 'lock'},
          },
        ],
      },
    ],
    {database: true},
  );
  const seconds = (...how: [number, DatabaseId?]) =>
    labAtSpeed(waiting, ...how).steps[0]?.milestones[0]?.expect?.within;
  expect([seconds(1, 'mariadb'), seconds(1, 'mysql'), seconds(10, 'mysql')]).toEqual([31, 103, 11]);
});

test('ten times as fast, what is expected takes whole seconds, and what must last is shorter', () => {
  expect(milestones(10)).toMatchObject([
    {id: 'up', expect: {within: 4, because: 'start'}},
    {id: 'stays', holds: 0.5},
    {id: 'gone'},
  ]);
  expect(milestones(10)?.[2]).toEqual(lab.steps[0]?.milestones[2]);
});
