import {describe, expect, test} from 'vitest';
import {clipped, isOpen, lasting, overlap, spansOf} from '../../../src/checks/spans.ts';
import type {Millis} from '../../../src/world/object.ts';
import {World} from '../../../src/world/world.ts';
import {namespace, pod} from '../../helpers/objects.ts';
import {blind, deleted, listed, put, type Script, sighted, worldOf} from '../../helpers/script.ts';

const forever = Number.POSITIVE_INFINITY;

function spans(script: Script, since: Millis, unbroken = false) {
  const world = worldOf(script);
  return spansOf(world, 'pods', since, at => world.objects('pods', at).length > 0, {unbroken});
}

describe('spansOf', () => {
  test('nothing can be said of the time before the kind was listed first, as when a run is resumed', () => {
    const world = new World([{kind: 'pods', namespace}]);
    const isGone = (at: Millis) => world.objects('pods', at).length === 0;
    world.apply({type: 'listed', watch: {kind: 'pods', namespace}, objects: [pod('a')], at: 5000});
    expect(spansOf(world, 'pods', 1000, isGone, {unbroken: false})).toEqual([]);
    world.apply({type: 'deleted', watch: {kind: 'pods', namespace}, object: pod('a'), at: 7000});
    expect(spansOf(world, 'pods', 1000, isGone, {unbroken: false})).toEqual([{from: 7000, to: forever}]);
  });
  test('none when it never was so', () => {
    expect(spans([], 0)).toEqual([]);
  });
  test('from its first change to the change that ended it; an open one has no end', () => {
    const script: Script = [
      [1, put(pod('a'))],
      [3, deleted(pod('a'))],
      [5, put(pod('b'))],
    ];
    expect(spans(script, 0)).toEqual([
      {from: 1000, to: 3000},
      {from: 5000, to: forever},
    ]);
    expect(isOpen(spans(script, 0).at(-1))).toBe(true);
  });
  test('what was so already counts from `since` on', () => {
    expect(spans([[1, put(pod('a'))]], 4000)).toEqual([{from: 4000, to: forever}]);
  });
  test('what ended before does not count', () => {
    expect(
      spans(
        [
          [1, put(pod('a'))],
          [2, deleted(pod('a'))],
        ],
        4000,
      ),
    ).toEqual([]);
  });
  test('a time that could not be watched ends it only where it must be unbroken', () => {
    const same = pod('a');
    const script: Script = [
      [1, put(same)],
      [5, blind('pods')],
      [8, listed('pods', same)],
      [9, put(pod('a'))],
    ];
    expect(spans(script, 0)).toEqual([{from: 1000, to: forever}]);
    expect(spans(script, 0, true)).toEqual([
      {from: 1000, to: 5000},
      {from: 8000, to: forever},
    ]);
  });
  test('it ends there also when nothing has changed by then', () => {
    const same = pod('a');
    expect(
      spans(
        [
          [1, put(same)],
          [5, blind('pods')],
          [8, listed('pods', same)],
        ],
        0,
        true,
      ).at(-1),
    ).toEqual({
      from: 8000,
      to: forever,
    });
  });
  test('a watch that went on where it stopped has missed nothing', () => {
    expect(
      spans(
        [
          [1, put(pod('a'))],
          [5, blind('pods')],
          [8, sighted('pods')],
        ],
        0,
        true,
      ),
    ).toEqual([{from: 1000, to: forever}]);
  });
  test('a gap of another kind has nothing to do with it', () => {
    expect(
      spans(
        [
          [1, put(pod('a'))],
          [5, blind('nodes')],
          [8, listed('nodes')],
        ],
        0,
        true,
      ),
    ).toEqual([{from: 1000, to: forever}]);
  });
});

describe('lasting', () => {
  test('begins when it has lasted long enough, and only once that time has come', () => {
    expect(lasting([{from: 0, to: forever}], 10, 9_999)).toEqual([]);
    expect(lasting([{from: 0, to: forever}], 10, 10_000)).toEqual([{from: 10_000, to: forever}]);
  });
  test('a blink starts the count again', () => {
    const blinked = [
      {from: 0, to: 9_000},
      {from: 9_100, to: forever},
    ];
    expect(lasting(blinked, 10, 11_000)).toEqual([]);
    expect(lasting(blinked, 10, 19_100)).toEqual([{from: 19_100, to: forever}]);
  });
  test('what lasted long enough before it ended was so', () => {
    expect(lasting([{from: 0, to: 12_000}], 10, 30_000)).toEqual([{from: 10_000, to: 12_000}]);
  });
});

test('overlap: the times in both', () => {
  const some = [
    {from: 0, to: 5},
    {from: 8, to: forever},
  ];
  expect(overlap(some, [{from: 3, to: 9}])).toEqual([
    {from: 3, to: 5},
    {from: 8, to: 9},
  ]);
  expect(overlap(some, [{from: 5, to: 8}])).toEqual([]);
});

test('clipped: from a time on', () => {
  expect(
    clipped(
      [
        {from: 0, to: 5},
        {from: 8, to: forever},
      ],
      6,
    ),
  ).toEqual([{from: 8, to: forever}]);
  expect(clipped([{from: 0, to: 5}], 3)).toEqual([{from: 3, to: 5}]);
});
