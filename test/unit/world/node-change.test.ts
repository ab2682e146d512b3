import {describe, expect, test} from 'vitest';
import {
  type NodeState,
  nodeChanges,
  type SeenChange,
  standingChanges,
  withValue,
} from '../../../src/world/node-change.ts';

const node = (is: Partial<NodeState> = {}): NodeState => ({
  name: 'n1',
  registered: true,
  running: true,
  schedulable: true,
  labels: {},
  taints: [],
  ...is,
});

describe('nodeChanges', () => {
  test('nothing is different, nothing changed', () => {
    expect(nodeChanges(node({labels: {a: '1'}}), node({labels: {a: '1'}}))).toEqual([]);
  });
  test('cordon, stop, labels, taints: each field by itself', () => {
    const before = node({labels: {kept: '1', changed: 'a', removed: 'x'}});
    const taints = [
      {key: 'k', value: 'v', effect: 'NoSchedule'},
      {key: 'k', effect: 'NoExecute'},
    ];
    const now = node({
      running: false,
      schedulable: false,
      labels: {kept: '1', changed: 'b', added: 'y'},
      taints,
    });
    expect(nodeChanges(before, now)).toEqual([
      {node: 'n1', field: 'running', before: true, after: false},
      {node: 'n1', field: 'schedulable', before: true, after: false},
      {node: 'n1', field: 'label', key: 'changed', before: 'a', after: 'b'},
      {node: 'n1', field: 'label', key: 'removed', before: 'x', after: null},
      {node: 'n1', field: 'label', key: 'added', before: null, after: 'y'},
      {node: 'n1', field: 'taint', key: 'k:NoSchedule', before: null, after: 'v'},
      {node: 'n1', field: 'taint', key: 'k:NoExecute', before: null, after: ''},
    ]);
  });
  test('a Node object that was deleted says no more than that; when it is back, what it lost shows', () => {
    const before = node({labels: {zone: 'a'}, annotations: {note: 'ours', ttl: '0'}});
    const gone = {...before, registered: false};
    expect(nodeChanges(before, gone)).toEqual([
      {node: 'n1', field: 'registered', before: true, after: false},
    ]);
    expect(nodeChanges(gone, node({annotations: {ttl: '0', since: 'new'}}))).toEqual([
      {node: 'n1', field: 'registered', before: false, after: true},
      {node: 'n1', field: 'label', key: 'zone', before: 'a', after: null},
      {node: 'n1', field: 'annotation', key: 'note', before: 'ours', after: null},
    ]);
  });
  test('annotations that change while the Node object is there are nobody’s concern', () => {
    const before = node({annotations: {mac: 'a', gone: 'x'}});
    expect(nodeChanges(before, node({annotations: {mac: 'b', since: 'y'}}))).toEqual([]);
  });
});

test.each([
  ['schedulable', undefined, true],
  ['label', 'zone', 'b'],
  ['label', 'zone', null],
  ['taint', 'k:NoExecute', ''],
  ['taint', 'k:NoExecute', null],
] as const)('withValue undoes what nodeChanges found: %s %s %s', (field, key, value) => {
  const changed = node({
    schedulable: false,
    labels: {zone: 'a'},
    taints: [{key: 'k', value: 'v', effect: 'NoExecute'}],
  });
  const wanted = withValue(changed, {field, ...(key === undefined ? {} : {key})}, value);
  expect(nodeChanges(changed, wanted)).toMatchObject([{field, after: value}]);
});

test('withValue puts back an annotation, and takes one away', () => {
  const changed = node({annotations: {ttl: '0'}});
  const back = withValue(changed, {field: 'annotation', key: 'note'}, 'ours');
  expect(back.annotations).toEqual({ttl: '0', note: 'ours'});
  expect(withValue(back, {field: 'annotation', key: 'note'}, null)).toEqual(changed);
});

describe('standingChanges', () => {
  let at = 0;
  const cordon = (lab: string, after: boolean, typed = true): SeenChange => ({
    at: at++,
    lab,
    typed,
    node: 'n1',
    field: 'schedulable',
    before: !after,
    after,
  });
  const all = () => true;
  const typedOnes = ({typed}: SeenChange) => typed;
  const uncordoned = {node: 'n1', field: 'schedulable', before: true, after: false};

  test('what was undone by hand does not stand any more', () => {
    expect(standingChanges([cordon('a', false), cordon('a', true)], all)).toEqual([]);
    expect(standingChanges([cordon('a', false)], all)).toEqual([{...uncordoned, lab: 'a'}]);
  });
  test('another lab undid it: neither lab has anything to put back', () => {
    expect(standingChanges([cordon('a', false), cordon('b', true)], all)).toEqual([]);
  });
  test('two labs side by side see the same once each', () => {
    expect(
      standingChanges([cordon('a', false), cordon('b', false), cordon('a', true), cordon('b', true)], all),
    ).toEqual([]);
    expect(standingChanges([cordon('a', false), cordon('b', false)], all)).toEqual([
      {...uncordoned, lab: 'a'},
    ]);
  });
  test('of a chain counts how it was at first, and who was last', () => {
    const label = (lab: string, before: string | null, after: string): SeenChange => ({
      at: at++,
      lab,
      typed: true,
      node: 'n1',
      field: 'label',
      key: 'disk',
      before,
      after,
    });
    expect(standingChanges([label('a', null, 'slow'), label('b', 'slow', 'fast')], all)).toEqual([
      {node: 'n1', field: 'label', key: 'disk', before: null, after: 'fast', lab: 'b'},
    ]);
  });
  test('what somebody else did is theirs, also when it was the learner’s before', () => {
    expect(standingChanges([cordon('a', false, false)], typedOnes)).toEqual([]);
    const taken = [cordon('a', false), cordon('a', true, false), cordon('a', false, false)];
    expect(standingChanges(taken, typedOnes)).toEqual([]);
  });
  test('the order of the journals does not matter', () => {
    const [first, second] = [cordon('b', false), cordon('a', true)];
    expect(standingChanges([second, first], all)).toEqual([]);
  });
});
