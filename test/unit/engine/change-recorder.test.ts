import {describe, expect, test} from 'vitest';
import {ChangeRecorder} from '../../../src/engine/change-recorder.ts';
import type {JournalEntry} from '../../../src/engine/journal.ts';
import type {WorldChange} from '../../../src/world/change.ts';
import type {KubeObject} from '../../../src/world/object.ts';
import {object} from '../../helpers/objects.ts';

const lab = {id: 'test'};
const at = 7;
const nodes = {watch: {kind: 'nodes'}, at} as const;
const volumes = {watch: {kind: 'persistentvolumes'}, at} as const;
const node = (name: string, spec: object = {}, labels: Record<string, string> = {}) =>
  object('nodes', name, {metadata: {labels}, spec});
const listed = (...objects: KubeObject[]): WorldChange => ({...nodes, type: 'listed', objects});
const put = (one: KubeObject): WorldChange => ({...nodes, type: 'put', object: one});

function recorder({isGuest = false} = {}) {
  const one = new ChangeRecorder({lab, sharedMount: '/lab-shared', isGuest});
  return {
    one,
    tell: (...changes: WorldChange[]): JournalEntry[] => changes.flatMap(change => one.apply(change)),
  };
}
const cordoned = {
  type: 'changed',
  at,
  change: {node: 'n1', field: 'schedulable', before: true, after: false},
};

describe('on a cluster of statelab’s own', () => {
  test('how things are at first is how they were before', () => {
    expect(recorder().tell(listed(node('n1', {unschedulable: true})))).toEqual([]);
  });
  test('every change is the learner’s', () => {
    const {tell} = recorder();
    expect(tell(listed(node('n1')), put(node('n1', {unschedulable: true})))).toEqual([
      {...cordoned, typed: true},
    ]);
  });
  test('also one that happened while nothing could be seen', () => {
    const {tell} = recorder();
    const blind: WorldChange = {...nodes, type: 'blind', cause: new Error('gone')};
    expect(tell(listed(node('n1')), blind, listed(node('n1', {unschedulable: true})))).toEqual([
      {...cordoned, typed: true},
    ]);
    expect(tell(listed())).toMatchObject([{change: {node: 'n1', field: 'registered', after: false}}]);
  });
  test('a machine that stops, and runs again', () => {
    const {one, tell} = recorder();
    one.machines([{name: 'n1', role: 'agent', running: true}], 1);
    tell(listed(node('n1')));
    expect(one.machines([{name: 'n1', role: 'agent', running: false}], 2)).toEqual([
      {
        type: 'changed',
        at: 2,
        typed: true,
        change: {node: 'n1', field: 'running', before: true, after: false},
      },
    ]);
    expect(tell(put(node('n1')))).toEqual([]);
    expect(one.machines([{name: 'n1', role: 'agent', running: true}], 3)).toMatchObject([
      {change: {field: 'running', after: true}},
    ]);
  });
});

describe('on a cluster that others use', () => {
  test('a change is the learner’s when they have named the node', () => {
    const {one, tell} = recorder({isGuest: true});
    tell(listed(node('n1'), node('n2')));
    one.typed('kubectl cordon node/n1');
    expect(tell(put(node('n1', {unschedulable: true})))).toEqual([{...cordoned, typed: true}]);
    expect(tell(put(node('n2', {unschedulable: true})))).toMatchObject([{typed: false}]);
  });
  test('labels that others set are not written down', () => {
    const {tell} = recorder({isGuest: true});
    expect(tell(listed(node('n1')), put(node('n1', {}, {zone: 'a'})))).toEqual([]);
  });
});

describe('volumes', () => {
  const volume = (name: string, namespace?: string) =>
    object('persistentvolumes', name, {
      spec: namespace === undefined ? {} : {claimRef: {namespace, name: 'data'}},
    });
  const seen = (...names: string[]) =>
    names.map(name => ({type: 'volume-seen', at, name, uid: volume(name).metadata.uid}));
  const all = (...objects: KubeObject[]): WorldChange => ({...volumes, type: 'listed', objects});
  const one = (object: KubeObject): WorldChange => ({...volumes, type: 'put', object});

  test('those that come into being for the lab, once', () => {
    const {tell} = recorder();
    const made = volume('made', 'statelab-test');
    expect(tell(all(), one(made), one(made), one(volume('other', 'shop')))).toEqual(seen('made'));
  });
  test('one that was there before, or was made for nobody, is somebody else’s though the lab claims it', () => {
    const {tell} = recorder();
    const claimed = [volume('old', 'statelab-test'), volume('new', 'statelab-test')];
    expect(tell(all(volume('old')), one(volume('new')), ...claimed.map(one))).toEqual([]);
  });
});
