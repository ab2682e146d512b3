import {describe, expect, test} from 'vitest';
import {restoreTarget} from '../../../src/engine/restore-target.ts';
import type {NodeBaseline} from '../../../src/world/baseline.ts';
import type {StandingChange} from '../../../src/world/node-change.ts';

const node = (is: Partial<NodeBaseline> = {}): NodeBaseline => ({
  name: 'n1',
  schedulable: true,
  labels: {},
  taints: [],
  running: true,
  ...is,
});
const cordonBy = (lab: string): StandingChange => ({
  lab,
  node: 'n1',
  field: 'schedulable',
  before: true,
  after: false,
});
const baseline = {nodes: [node()]};

describe('on a cluster of statelab’s own', () => {
  const target = (standing: StandingChange[], now: NodeBaseline) =>
    restoreTarget('mine', {baseline, standing}, [now], false);
  test('all is to be as before, seen or not', () => {
    expect(target([], node({schedulable: false, labels: {a: '1'}}))).toEqual([node()]);
    expect(target([cordonBy('mine')], node({schedulable: false}))).toEqual([node()]);
  });
  test('what another lab has cordoned stays cordoned', () => {
    expect(target([cordonBy('other')], node({schedulable: false, labels: {a: '1'}}))).toEqual([
      node({schedulable: false}),
    ]);
  });
  test('but what another lab has stopped has to run', () => {
    const stopped: StandingChange = {lab: 'other', node: 'n1', field: 'running', before: true, after: false};
    expect(target([stopped], node({running: false}))).toEqual([node()]);
  });
  test('a lab that was never begun there has no nodes to bring back', () => {
    expect(restoreTarget('mine', {baseline: undefined, standing: []}, [node()], false)).toEqual([]);
  });
});

describe('where only what was seen counts', () => {
  const mine = (change: Omit<StandingChange, 'lab' | 'node'>): StandingChange => ({
    lab: 'mine',
    node: 'n1',
    ...change,
  });
  const target = (standing: StandingChange[], now: NodeBaseline) =>
    restoreTarget('mine', {baseline, standing}, [now], true);
  test('what differs from the baseline without having been seen is somebody else’s', () => {
    const now = node({schedulable: false, labels: {a: '1'}});
    expect(target([], now)).toEqual([now]);
    expect(target([cordonBy('other')], now)).toEqual([now]);
  });
  test('what was seen is taken back, and nothing besides', () => {
    expect(target([cordonBy('mine')], node({schedulable: false, labels: {a: '1'}}))).toEqual([
      node({labels: {a: '1'}}),
    ]);
  });
  test('what has become something else since is left alone', () => {
    const label = mine({field: 'label', key: 'disk', before: null, after: 'fast'});
    const now = node({labels: {disk: 'slow'}});
    expect(target([label], now)).toEqual([now]);
  });
  test('an annotation that went with a Node object comes back, unless there is one again', () => {
    const lost = mine({field: 'annotation', key: 'note', before: 'ours', after: null});
    const now = node({annotations: {ttl: '0'}});
    expect(target([lost], now)).toEqual([node({annotations: {ttl: '0', note: 'ours'}})]);
    const again = node({annotations: {note: 'theirs'}});
    expect(target([lost], again)).toEqual([again]);
  });
  test('with its Node object a node lost all that stood in it', () => {
    const deleted = mine({field: 'registered', before: true, after: false});
    const before = {nodes: [node({labels: {zone: 'a'}})]};
    expect(restoreTarget('mine', {baseline: before, standing: [deleted]}, [node()], true)).toEqual(
      before.nodes,
    );
    expect(restoreTarget('mine', {baseline: before, standing: [deleted]}, [], true)).toEqual(before.nodes);
  });
});
