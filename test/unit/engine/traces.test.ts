import {expect, test} from 'vitest';
import type {JournalEntry} from '../../../src/engine/journal.ts';
import {labTraces} from '../../../src/engine/traces.ts';

const place = (identity: string) => ({
  provider: 'k3d' as const,
  cluster: 'c',
  identity,
  namespaceUid: `ns-${identity}`,
});
const opened = (identity: string): JournalEntry => ({
  at: 1,
  type: 'opened',
  lab: 'lab',
  place: place(identity),
  baseline: {nodes: [{name: identity, schedulable: true, labels: {}, taints: [], running: true}]},
});
const change = {node: 'n1', field: 'schedulable', before: true, after: false} as const;
const changed: JournalEntry = {at: 2, type: 'changed', change, typed: true};
const volume: JournalEntry = {at: 2, type: 'volume-seen', name: 'pv', uid: 'u'};
const begun = (what: 'nodes' | 'all' | 'reset'): JournalEntry => ({at: 3, type: 'restoring', what});
const traces = (...entries: JournalEntry[]) => labTraces('lab', entries);

test('a lab that was never begun, set back or restored has left nothing', () => {
  expect(traces()).toBeUndefined();
  expect(traces(opened('a'), changed, {at: 3, type: 'reset'})).toBeUndefined();
  expect(traces(opened('a'), changed, begun('all'), {at: 4, type: 'restored', what: 'all'})).toBeUndefined();
});
test('what was seen, with its time and its lab', () => {
  expect(traces(opened('a'), changed, volume)).toMatchObject({
    lab: 'lab',
    changes: [{...change, at: 2, lab: 'lab', typed: true}],
    volumes: ['u'],
  });
});
test('nodes that were put back count no more; the lab still does', () => {
  const after = traces(opened('a'), changed, volume, begun('nodes'), {
    at: 4,
    type: 'restored',
    what: 'nodes',
  });
  expect(after).toMatchObject({changes: [], volumes: ['u'], baseline: {nodes: [{name: 'a'}]}});
  expect(after).not.toHaveProperty('unfinished');
});
test('a reset that was begun and not ended is not done', () => {
  expect(traces(opened('a'), changed, begun('reset'))).toMatchObject({unfinished: 'reset'});
});
test('the first baseline of a cluster counts, and none of a cluster that is no more', () => {
  expect(traces(opened('a'), changed, {...opened('a'), at: 5})?.changes).toHaveLength(1);
  expect(traces(opened('a'), changed, opened('b'))).toMatchObject({
    place: {identity: 'b'},
    baseline: {nodes: [{name: 'b'}]},
    changes: [],
  });
});
