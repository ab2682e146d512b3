import {describe, expect, test} from 'vitest';
import type {WatchTarget} from '../../../src/world/change.ts';
import {current, lastSeen, versionAt, World} from '../../../src/world/world.ts';
import {deployment, namespace, object, pod} from '../../helpers/objects.ts';
import {blind, changesOf, deleted, emptyStart, listed, put, sighted, worldOf} from '../../helpers/script.ts';

const names = (objects: {metadata: {name: string}}[]) => objects.map(({metadata}) => metadata.name);

describe('history', () => {
  const world = worldOf([
    [1, put(pod('a', {phase: 'Pending'}))],
    [2, put(pod('b'))],
    [3, put(pod('a'))],
    [4, deleted(pod('a'))],
  ]);
  test('objects as they are, and as they were', () => {
    expect(names(world.objects('pods'))).toEqual(['b']);
    expect(names(world.objects('pods', 3500))).toEqual(['a', 'b']);
    expect(names(world.objects('pods', 500))).toEqual([]);
    expect(world.objects('pods', 1500)[0]?.status).toMatchObject({phase: 'Pending'});
  });
  test('one that is gone has no state now, but a last one', () => {
    const [track] = world.tracks('pods');
    expect(track && current(track)).toBeUndefined();
    expect(track && lastSeen(track)?.status).toMatchObject({phase: 'Running'});
    expect(track && versionAt(track, 3999)?.at).toBe(3000);
    expect(track && versionAt(track, 999)).toBeUndefined();
  });
  test('changes of a kind, each time once', () => {
    expect(world.changes('pods', 1000)).toEqual([2000, 3000, 4000]);
    expect(world.changes('deployments.apps', 0)).toEqual([]);
  });
  test('a new object of the same name is another track', () => {
    const again = worldOf([
      [1, put(pod('db-0', {uid: 'one'}))],
      [2, deleted(pod('db-0', {uid: 'one'}))],
      [3, put(pod('db-0', {uid: 'two'}))],
    ]);
    expect(again.tracks('pods').map(({uid}) => uid)).toEqual(['one', 'two']);
    expect(again.track('two')?.versions).toHaveLength(1);
  });
  test('the same version told again is no change', () => {
    const same = pod('a');
    expect(
      worldOf([
        [1, put(same)],
        [2, put(same)],
      ]).changes('pods', 0),
    ).toEqual([1000]);
  });
  test('of what came in the same millisecond nothing is lost', () => {
    const quick = worldOf([[1, put(pod('a', {phase: 'Pending'})), put(pod('a')), deleted(pod('a'))]]);
    const states = quick.changes('pods', 0).map(at => quick.objects('pods', at)[0]?.status);
    expect(states).toMatchObject([{phase: 'Pending'}, {phase: 'Running'}, undefined]);
  });
  test('a deletion told twice is one', () => {
    const twice = worldOf([
      [1, put(pod('a'))],
      [2, deleted(pod('a'))],
      [3, deleted(pod('a'))],
    ]);
    expect(twice.changes('pods', 0)).toEqual([1000, 2000]);
  });
  test('what is told by a watch that was not asked for does not count', () => {
    const narrow = new World([{kind: 'nodes'}]);
    for (const change of changesOf([[1, put(pod('a'))]])) narrow.apply(change);
    expect(narrow.tracks('pods')).toEqual([]);
  });
});

describe('lists', () => {
  test('a world is settled when every watch has listed', () => {
    const targets: WatchTarget[] = [{kind: 'pods', namespace}, {kind: 'nodes'}];
    const world = new World(targets);
    const [first, second] = emptyStart(targets);
    if (first) world.apply(first);
    expect(world.settled).toBe(false);
    if (second) world.apply(second);
    expect(world.settled).toBe(true);
  });
  test('what is missing in a new list is gone since then; what is in it is there', () => {
    const world = worldOf([
      [1, put(pod('a')), put(pod('b'))],
      [9, listed('pods', pod('b'), pod('c'))],
    ]);
    expect(names(world.objects('pods'))).toEqual(['b', 'c']);
    expect(names(world.objects('pods', 8999))).toEqual(['a', 'b']);
  });
  test('a list of one namespace says nothing of another, nor of another kind', () => {
    const world = worldOf([
      [1, put(pod('a')), put(pod('elsewhere', {namespace: 'default'})), put(deployment('db', 1))],
      [2, put(object('nodes', 'n1'))],
      [9, listed('pods')],
    ]);
    expect(names(world.objects('pods'))).toEqual(['elsewhere']);
    expect(names(world.objects('deployments.apps'))).toEqual(['db']);
    expect(names(world.objects('nodes'))).toEqual(['n1']);
  });
});

describe('blindness', () => {
  test('since when and why; what was seen stays', () => {
    const cause = new Error('refused');
    const world = worldOf([
      [1, put(pod('a'))],
      [5, blind('pods', cause)],
      [6, blind('nodes')],
      [7, blind('pods')],
    ]);
    expect(world.blind?.since).toBe(5000);
    expect(names(world.objects('pods'))).toEqual(['a']);
  });
  test('it is over when every watch sees again', () => {
    const lost = [
      [5, blind('pods'), blind('nodes')],
      [6, sighted('pods')],
    ] as const;
    expect(worldOf(lost).blind?.since).toBe(5000);
    expect(worldOf([...lost, [7, listed('nodes')]]).blind).toBeUndefined();
  });
  test('a watch that goes on where it stopped has missed nothing; one that lists anew may have', () => {
    expect(
      worldOf([
        [5, blind('pods')],
        [6, sighted('pods')],
      ]).gaps('pods'),
    ).toEqual([]);
    const world = worldOf([
      [1, put(pod('a'))],
      [5, blind('pods')],
      [8, listed('pods')],
    ]);
    expect(world.gaps('pods')).toEqual([{from: 5000, to: 8000}]);
    expect(world.gaps('deployments.apps')).toEqual([]);
  });
  test('a list out of the blue casts doubt on all since the last thing that was told', () => {
    expect(
      worldOf([
        [3, put(pod('a'))],
        [8, listed('pods')],
      ]).gaps('pods'),
    ).toEqual([{from: 3000, to: 8000}]);
  });
});
